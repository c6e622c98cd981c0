// Every message number of replicas and their connections that the documents list: 352xx and 355xx.
import type { DocumentedNumbers } from "./documented.ts";

export const replicaNumbers: DocumentedNumbers = {
  source: "SQL Server 2025: Database Engine events and errors (31000 to 41399), 35203 to 35547",
  rows: [
    [
      35203,
      "block",
      "Unable to establish a connection between instances due to a transport version mismatch.",
    ],
    [
      35204,
      "block",
      "The connection has been disabled because the endpoint was either disabled or stopped.",
    ],
    [35205, "fatal", "Could not start the Always On Availability Groups transport manager."],
    [
      35206,
      "wait",
      "A connection timeout has occurred on a previously established connection to availability replica 'x'.",
    ],
    [
      35212,
      "block",
      "This operation would exceed the maximum number of 3 synchronous-commit availability replicas.",
    ],
    [
      35221,
      "block",
      "Always On Availability Groups replica manager is disabled on this instance of SQL Server.",
    ],
    [35222, "block", "Always On does not have permissions to access the WSFC cluster."],
    [35224, "block", "Always On Availability Groups failed to load the required WSFC library."],
    [35226, "block", "The instance of SQL Server is not running as a service."],
    [35239, "block", "The ALTER DATABASE SET HADR RESUME statement failed on database 'Adatum'."],
    [35242, "block", "The database is not joined to an availability group."],
    [35244, "block", "The database is currently joined to another availability group."],
    [
      35248,
      "block",
      "The required_synchronized_secondaries_to_commit 1 is greater than the 0 possible.",
    ],
    [35250, "block", "The connection to the primary replica is not active."],
    [35251, "wrongSide", "This command can be run only on the primary replica."],
    [35252, "wrongSide", "The command can only be run on a secondary database."],
    [
      35253,
      "fatal",
      'Database "Adatum" is not in the correct state to become the primary database.',
    ],
    [
      35256,
      "wait",
      "The session timeout value was exceeded while waiting for a response from the other replica.",
    ],
    [35257, "wait", "Always On Availability Groups Send Error."],
    [
      35259,
      "block",
      "Database 'Adatum' is already participating in a different availability group.",
    ],
    [35262, "info", "Skipping the default startup of database 'Adatum'."],
    [35264, "block", "Data movement for database 'Adatum' has been suspended."],
    [35265, "info", "Data movement for database 'Adatum' has been resumed."],
    [35266, "info", "Connection with primary database established."],
    [35267, "info", "Connection with primary database terminated."],
    [
      35268,
      "fatal",
      "Synchronization of a secondary database was interrupted. It will enter the RESTORING state.",
    ],
    [
      35269,
      "fatal",
      "Synchronization of a secondary database was interrupted. It will be marked SUSPECT.",
    ],
    [
      35274,
      "wait",
      "Recovery is pending until the secondary replica receives additional transaction log.",
    ],
    [35275, "fatal", "The 'Adatum' database is in a potentially damaged state."],
    [35276, "retry", "Failed to allocate and schedule an Always On Availability Groups task."],
    [
      35277,
      "block",
      "Automatic failover is not supported for distributed availability group replica.",
    ],
    [35285, "info", "The recovery LSN was identified for the database."],
    [
      35299,
      "info",
      "The nonqualified transactions are being rolled back. Estimated rollback completion: 40%.",
    ],
    [35542, "block", "Drop and recreate the distributed availability group."],
    [35543, "block", "The internal distributed availability group is empty."],
    [35544, "block", "A naming inconsistency of the internal distributed availability group."],
    [35545, "block", "More than one database in the internal distributed availability group."],
    [35546, "block", "A part of the diagnosis of a multi-database link."],
    [35547, "block", "Use sys.sp_mi_dag_repair."],
  ],
};
