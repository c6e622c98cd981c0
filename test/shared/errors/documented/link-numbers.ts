// Every message number of the link that the documents list: 419xx and 475xx.
import type { DocumentedNumbers } from "./documented.ts";

export const linkNumbers: readonly DocumentedNumbers[] = [
  {
    source: "SQL Server 2025: Database Engine events and errors (41400 to 49999), 47500 to 47526",
    rows: [
      [47500, "block", "Manual seeding is not supported option for secondary AG 'AG_Adatum_MI'."],
      [47501, "block", "Synchronous commit is not supported option for the initial secondary AG."],
      [
        47502,
        "block",
        "Cannot create distributed availability group 'LINK' when local AG contains more than one database.",
      ],
      [
        47503,
        "block",
        "AG 'AG_Adatum' already contains one database and adding more is not supported.",
      ],
      [
        47504,
        "ambiguous",
        "Error related to distributed availability group 'LINK' with secondary participant on Azure SQL Managed Instance.",
      ],
      [
        47505,
        "ambiguous",
        "Endpoint with type 4 does not exist or user does not have permission to view it.",
      ],
      [
        47506,
        "ambiguous",
        "Certificate for endpoint with type 4 does not exist or user does not have permission to view it.",
      ],
      [
        47507,
        "block",
        "Adding memory optimized files to the database replicated to Azure SQL Managed Instance is not supported.",
      ],
      [
        47508,
        "block",
        "Adding multiple log files to the database replicated to Azure SQL Managed Instance is not supported.",
      ],
      [
        47509,
        "block",
        "Adding FileStream or FileTables to the database replicated to Azure SQL Managed Instance is not supported.",
      ],
      [47510, "block", "Adding multiple memory optimized files to the database is not supported."],
      [
        47511,
        "block",
        "Distributed availability group 'LINK' is not part of the link with Azure SQL Managed Instance.",
      ],
      [
        47512,
        "wait",
        "'AVAILABILITY_MODE' cannot be changed during a failover operation in progress.",
      ],
      [
        47513,
        "wait",
        "FAILOVER cannot be started as a previous failover operation is in progress.",
      ],
      [
        47514,
        "block",
        "Failover cannot be completed as the secondary is unable to catchup with the primary due to synchronization issues.",
      ],
      [47515, "block", "Failover cannot be completed because the send queue is too large."],
      [47516, "block", "Failover cannot be completed as the redo log is too large."],
      [47517, "wrongSide", "This type of failover can only be executed on the primary replica."],
      [47518, "block", "Adding memory optimized table to the database is not supported."],
      [
        47519,
        "block",
        "Cannot create distributed availability group 'LINK' when local AG does not contain database.",
      ],
      [
        47520,
        "block",
        "Database cannot be removed from availability group which participates in distributed availability group.",
      ],
      [
        47521,
        "block",
        "Secondary replica could not be built as the replica request was not received from the primary.",
      ],
      [
        47522,
        "ambiguous",
        "Database 'Adatum' has been removed from availability group which participates in Azure SQL Managed Instance link.",
      ],
      [
        47523,
        "block",
        "'ALTER AVAILABILITY GROUP MODIFY AVAILABILITY GROUP' command failed. Specified option is not supported.",
      ],
      [
        47525,
        "block",
        "The database(s) 'Adatum' in the availability group 'AG' use a custom PVS filegroup for ADR.",
      ],
      [
        47526,
        "block",
        "Setting a custom persistent version store (PVS) filegroup is not supported.",
      ],
    ],
  },
  {
    source: "SQL Server 2025: Database Engine events and errors (41400 to 49999), 41429 to 41999",
    rows: [
      [41429, "block", "A second database in a single-database link."],
      [41939, "block", "The persistent version store's filegroup is not PRIMARY."],
      [
        41947,
        "block",
        "The memory-optimized filegroup must be empty on the SQL Server source database.",
      ],
      [
        41948,
        "block",
        "Data replication requires source database on SQL Server to have a single log file.",
      ],
      [41949, "block", "Maximum number of 280 files were reached on Azure SQL Managed Instance."],
      [41950, "block", "Source database on SQL Server must not use FileStream or FileTables."],
      [41951, "block", "The database contains files in DEFUNCT state."],
      [41952, "block", "The database contains unsupported feature 'x'."],
      [
        41954,
        "wait",
        "Transient error occurred on database 'Adatum' while trying to change managed instance role to primary.",
      ],
      [
        41955,
        "wait",
        "Transient error occurred while trying to retrieve backup metadata for database 'Adatum'.",
      ],
      [41956, "wait", "Transient error occurred while trying to retrieve backup URIs property."],
      [41957, "fatal", "Backup URIs property for database 'Adatum' contains invalid data."],
      [
        41958,
        "wait",
        "Transient error occurred as backup metadata is unavailable for database 'Adatum'.",
      ],
      [41959, "wait", "Transient error occurred while reading from backup metadata."],
      [41960, "wait", "Transient error occurred while writing to backup metadata."],
      [41961, "wait", "Transient error occurred during the instance role change to primary."],
      [41962, "block", "Operation was aborted as replication did not start within 5 minutes."],
      [41963, "block", "Certificate cannot be created as it is already used with 'x' feature."],
      [
        41964,
        "wait",
        "The 'x' operation cannot be completed as there exists a database in the process of creation.",
      ],
      [
        41965,
        "info",
        "Setting the role cannot be applied as Azure SQL Managed Instance is already in the requested role.",
      ],
      [
        41968,
        "wait",
        "Changing the server role cannot be executed at this time as there exist a previous role change in progress.",
      ],
      [41969, "ambiguous", "Setting the role has failed due to an unknown reason."],
      [41970, "wrongSide", "Switching to Primary role in planned fashion is not supported."],
      [41971, "ambiguous", "Azure SQL Managed Instance link connectivity was lost."],
      [
        41972,
        "block",
        "Link type mismatch between multi-database and single-database link configurations.",
      ],
      [
        41973,
        "block",
        "The endpoint certificate from SQL Server has not been imported to Azure SQL Managed Instance.",
      ],
      [
        41974,
        "block",
        "The endpoint certificate from Azure SQL Managed Instance has not been imported to SQL Server.",
      ],
      [
        41976,
        "block",
        "Connection with availability group 'AG' cannot be established as it is not responding.",
      ],
      [
        41977,
        "block",
        "Connection is established, but there is no response from the target database.",
      ],
      [41979, "block", "This managed database is encrypted with service managed key."],
      [
        41980,
        "block",
        "Database cannot be encrypted using the service managed key as it is being replicated.",
      ],
      [41981, "block", "Switching the encryption protector to service managed is not allowed."],
      [41982, "block", "There already exists database geo-replication using auto-failover groups."],
      [41984, "block", "Database format of the source is not compatible with the destination."],
      [41985, "block", "Forced failover is not supported on this managed instance link."],
      [
        41986,
        "block",
        "Link creation failed because either connection to SQL Server failed, or the server did not respond.",
      ],
      [41987, "block", "Managed Instance side AG name 'AG' is already used."],
      [
        41988,
        "block",
        "The link supporting bi-directional failover requires matching database formats.",
      ],
      [
        41993,
        "fatal",
        "The replica of database 'Adatum' on the managed instance is in an inaccessible state.",
      ],
      [41998, "block", "Encryption is not enabled on the on-premises SQL Server endpoint."],
      [41999, "block", "Source database on SQL Server must not contain full-text catalog files."],
    ],
  },
];
