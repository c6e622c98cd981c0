// Every message number of availability groups that the documents list: 410xx and 411xx.
import type { DocumentedNumbers } from "./documented.ts";

export const groupNumbers: readonly DocumentedNumbers[] = [
  {
    source: "SQL Server 2025: Database Engine events and errors (31000 to 41399), 41074 to 41199",
    rows: [
      [
        41074,
        "info",
        "The local replica of availability group 'AG' is preparing to transition to the primary role.",
      ],
      [
        41075,
        "info",
        "The local replica of availability group 'AG' is preparing to transition to the resolving role.",
      ],
      [41094, "info", "The local replica of availability group 'AG' is restarting."],
      [
        41100,
        "block",
        "The availability group 'AG' and/or its local availability replica does not exist.",
      ],
      [
        41101,
        "block",
        "The availability group with that resource ID and/or its local availability replica does not exist.",
      ],
      [41104, "ambiguous", "Failover of the availability group 'AG' to the local replica failed."],
      [
        41106,
        "block",
        "An availability replica of the specified availability group already exists on this instance.",
      ],
      [
        41113,
        "wait",
        "A failover command is already pending on the local replica of this availability group.",
      ],
      [
        41121,
        "ambiguous",
        "The local availability replica of availability group 'AG' cannot accept signal 'x'.",
      ],
      [
        41122,
        "info",
        "The local availability replica is already the primary replica of the availability group.",
      ],
      [
        41124,
        "block",
        "Cannot become the primary replica because the availability group is being dropped.",
      ],
      [
        41125,
        "block",
        "Cannot become the primary replica because the WSFC cluster was started in Force Quorum mode.",
      ],
      [
        41126,
        "block",
        "The local copy of the availability group configuration does not exist or has not been initialized.",
      ],
      [41128, "ambiguous", "Failed to perform database operation 'x' on database 'Adatum'."],
      [
        41129,
        "ambiguous",
        "Failed to schedule or execute database operation 'x' on database 'Adatum'.",
      ],
      [
        41130,
        "ambiguous",
        "Operation 'x' on a database 'Adatum' failed. The operation has been rolled back.",
      ],
      [
        41131,
        "ambiguous",
        "Failed to bring availability group 'AG' online. The operation timed out.",
      ],
      [41134, "block", "Cannot bring the availability group 'AG' online."],
      [
        41138,
        "retry",
        "The database is currently processing another operation that might change the database state.",
      ],
      [41140, "wrongSide", "The local availability replica is not the primary replica."],
      [
        41142,
        "block",
        "One or more databases are not synchronized or have not joined the availability group.",
      ],
      [41143, "fatal", "The local replica of availability Group 'AG' is in a failed state."],
      [41144, "fatal", "The replica failed to read or update the persisted configuration data."],
      [41146, "fatal", "Failed to bring Availability Group 'AG' online."],
      [41148, "block", "The database does not exist on this instance of SQL Server."],
      [
        41149,
        "ambiguous",
        "Operation has been cancelled or terminated, either because of a connection timeout or cancellation by user.",
      ],
      [41150, "fatal", "Failed to take availability group 'AG' offline."],
      [
        41155,
        "block",
        "Cannot failover availability group 'AG'. The availability group is being dropped.",
      ],
      [
        41156,
        "block",
        "The availability group is either being dropped, or the local availability replica is being removed.",
      ],
      [
        41158,
        "block",
        "Failed to join local availability replica. The operation has been rolled back.",
      ],
      [
        41159,
        "block",
        "Failed to join local availability replica. An attempt to roll back the operation failed.",
      ],
      [
        41160,
        "ambiguous",
        "Failed to designate the local availability replica as the primary replica.",
      ],
      [
        41161,
        "ambiguous",
        "Failed to validate the Cyclic Redundancy Check (CRC) of the configuration.",
      ],
      [41162, "ambiguous", "Failed to validate sequence number of the configuration."],
      [
        41163,
        "ambiguous",
        "An error occurred while waiting for the transition to the primary role.",
      ],
      [
        41164,
        "ambiguous",
        "An error occurred while waiting for the transition to the resolving role.",
      ],
      [
        41165,
        "retry",
        "A timeout error occurred while waiting to access the local availability replica.",
      ],
      [
        41167,
        "block",
        "The availability replica is not found in the availability group configuration.",
      ],
      [
        41168,
        "block",
        "The availability replica is not found in the availability group configuration.",
      ],
      [
        41169,
        "block",
        "The availability database is not found in the availability group configuration.",
      ],
      [
        41171,
        "block",
        "A Windows Server Failover Cluster (WSFC) group with the specified name already exists.",
      ],
      [41178, "wait", "The availability group is currently being created."],
      [
        41181,
        "ambiguous",
        "The local availability replica of availability group 'AG' did not become primary.",
      ],
      [
        41183,
        "retry",
        "Failed to modify availability replica options. The operation has been rolled back.",
      ],
      [
        41184,
        "ambiguous",
        "Failed to modify availability replica options. The configuration has been updated.",
      ],
      [41185, "info", "No changes have been made."],
      [
        41187,
        "block",
        "Cannot process an ALTER AVAILABILITY GROUP command. The availability group is being dropped.",
      ],
      [
        41188,
        "retry",
        "The operation encountered SQL Server error 5 before the configuration could be updated.",
      ],
      [
        41189,
        "ambiguous",
        "The availability group configuration has been updated. However, the operation encountered SQL Server error 5.",
      ],
      [
        41190,
        "wrongSide",
        "The local availability replica is not in a state that could process the command.",
      ],
      [41191, "block", "The last-known primary availability replica is of a higher version."],
      [
        41195,
        "info",
        "The local availability replica is already the secondary replica of the availability group.",
      ],
      [41196, "block", "An attempt to roll back the operation failed."],
      [41199, "block", "The feature is not supported by this edition of SQL Server."],
    ],
  },
];
