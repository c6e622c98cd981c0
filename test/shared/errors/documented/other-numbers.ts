// Every other message number that the documents list, and those that no source vouches for.
import type { DocumentedNumbers } from "./documented.ts";

export const otherNumbers: readonly DocumentedNumbers[] = [
  {
    source: "SQL Server 2022: Database Engine events and errors (19000 to 20999)",
    rows: [
      [
        19494,
        "wait",
        "Automatic seeding failed with a transient error. The operation will be retried.",
      ],
      [19495, "block", "Automatic seeding failed with an unrecoverable error."],
      [
        19496,
        "block",
        "Automatic seeding of availability database 'Adatum' in availability group 'AG' failed.",
      ],
      [19497, "block", "Conflicting option spec provided."],
      [
        19498,
        "block",
        "To create a distributed availability group, please specify the DISTRIBUTED option.",
      ],
      [19499, "block", "The specified listener URL 'x' is invalid."],
      [19501, "block", "None of the specified availability groups exist locally."],
      [
        19502,
        "block",
        "An availability replica of the specified availability group already exists.",
      ],
      [
        19503,
        "block",
        "Local availability group is participating in a distributed availability group as secondary.",
      ],
      [19504, "block", "Only force failover is supported in this version of SQL Server."],
      [19506, "block", "The replica has not been granted permission to create databases."],
      [
        19507,
        "block",
        "There is an already existing distributed availability group on top of the same replicas.",
      ],
      [
        19508,
        "block",
        "Participant availability replica 'x' not found in the distributed availability group.",
      ],
      [19509, "block", "An availability group with the same name already exists."],
      [19510, "block", "Distributed availability group 'LINK' not found."],
      [19511, "block", "The local availability group 'AG' contains one or more databases."],
      [19512, "block", "The requested operation only applies to distributed availability group."],
      [
        19513,
        "block",
        "Distributed availability group cannot be built on top of basic local availability group.",
      ],
      [19530, "block", "The required_synchronized_secondaries_to_commit needs to be 0."],
    ],
  },
  {
    source: "SQL Server 2025: Database Engine events and errors (41400 to 49999), 47101 to 47122",
    rows: [
      [
        47101,
        "block",
        "The cluster type of availability group 'AG' only supports MANUAL failover mode.",
      ],
      [
        47105,
        "block",
        "The Always On Availability Groups feature must be enabled for this server instance.",
      ],
      [47106, "block", "Cannot join availability group 'AG'. Download configuration timeout."],
      [
        47122,
        "wrongSide",
        "Cannot failover an availability replica since it has CLUSTER_TYPE = NONE.",
      ],
    ],
  },
  {
    source: "Troubleshoot issues with the Managed Instance link; Configure link with scripts",
    rows: [
      [1408, "fatal", 'The remote copy of database "Adatum" is not recovered far enough.'],
      [1412, "fatal", 'The remote copy of database "Adatum" has not been rolled forward.'],
      [
        1475,
        "block",
        'Database "Adatum" might contain bulk logged changes that have not been backed up.',
      ],
      [
        9002,
        "block",
        "The transaction log for database 'Adatum' is full due to 'AVAILABILITY_REPLICA'.",
      ],
    ],
  },
  {
    source: "ALTER and DROP AVAILABILITY GROUP (Transact-SQL), permissions",
    rows: [
      [
        15151,
        "ambiguous",
        "Cannot drop the availability group 'AG', because it does not exist or you do not have permission.",
      ],
    ],
  },
  {
    source: "Database Engine events and errors (0 to 999, 4000 to 4999, 18000 to 18999, 40000 on)",
    rows: [
      [976, "wrongSide", "The target database, 'Adatum', is currently not accessible for queries."],
      [
        978,
        "wrongSide",
        "The target database is accessible when the application intent is set to read only.",
      ],
      [979, "wrongSide", "The target database currently does not allow read only connections."],
      [983, "wrongSide", "The database replica is not in the PRIMARY or SECONDARY role."],
      [18456, "block", "Login failed for user 'dba'."],
      [18452, "block", "Login failed. The login is from an untrusted domain."],
      [18470, "block", "Login failed for user 'dba'. Reason: The account is disabled."],
      [
        18487,
        "block",
        "Login failed for user 'dba'. Reason: The password of the account has expired.",
      ],
      [
        18488,
        "block",
        "Login failed for user 'dba'. Reason: The password of the account must be changed.",
      ],
      [4060, "block", 'Cannot open database "Adatum" requested by the login.'],
      [40615, "block", "Client with IP address '10.0.0.9' is not allowed to access the server."],
      [10928, "retry", "The request limit for the database is 90 and has been reached."],
      [10929, "retry", "The server is currently too busy to support requests greater than 1."],
      [40197, "retry", "The service has encountered an error processing your request."],
      [40501, "retry", "The service is currently busy."],
      [40613, "retry", "Database 'master' on server 'mi' is not currently available."],
      [64, "ambiguous", "The specified network name is no longer available."],
      [121, "ambiguous", "The semaphore timeout period has expired."],
      [233, "ambiguous", "No process is on the other end of the pipe."],
      [258, "ambiguous", "Wait operation timed out."],
      [10053, "ambiguous", "An established connection was aborted."],
      [10054, "ambiguous", "An existing connection was forcibly closed by the remote host."],
      [10060, "ambiguous", "The host has failed to respond."],
      [11001, "ambiguous", "No such host is known."],
      [229, "block", "The SELECT permission was denied on the object 'databases', schema 'sys'."],
      [230, "block", "The SELECT permission was denied on the column 'name' of the object 'x'."],
      [297, "block", "The user does not have permission to perform this action."],
      [300, "block", "VIEW SERVER STATE permission was denied on object 'server'."],
      [6004, "block", "User does not have permission to perform this action."],
      [911, "block", "Database 'Adatum' does not exist."],
      [916, "block", 'The server principal "dba" is not able to access the database "Adatum".'],
      [1205, "retry", "Transaction was deadlocked and has been chosen as the deadlock victim."],
      [1222, "retry", "Lock request time out period exceeded."],
      [18486, "block", "Login failed for user 'dba' because the account is currently locked out."],
    ],
  },
  {
    source: "The guards of this program (shared/sql/guard.ts)",
    rows: [50001, 50002, 50003, 50004, 50005, 50006, 50007, 50008, 50009].map(
      (number) => [number, "block", "Not as planned. Nothing was changed."] as const,
    ),
  },
];

/** No row may stand for them: nothing is concluded, and the server's own words are what the operator reads. */
export const unverified: DocumentedNumbers = {
  source: "No document that was found vouches for what these mean",
  rows: [
    [1478, "ambiguous", "The mirror database has insufficient transaction log data."],
    [1480, "ambiguous", 'The database is changing roles from "PRIMARY" to "RESOLVING".'],
    [
      9642,
      "ambiguous",
      "An error occurred in a Service Broker/Database Mirroring transport connection endpoint.",
    ],
    [17830, "ambiguous", "Network error code 0x2746 occurred while establishing a connection."],
    [17835, "ambiguous", "Encryption is required to connect to this server."],
    [17892, "ambiguous", "Logon failed for login 'dba' due to trigger execution."],
    [19405, "ambiguous", "Failed to create, join or add replica."],
    [19407, "ambiguous", "The lease between the availability group and the cluster has expired."],
    [
      35201,
      "ambiguous",
      "A connection timeout has occurred while attempting to establish a connection.",
    ],
    [35202, "ambiguous", "A connection has been successfully established."],
    [40532, "ambiguous", 'Cannot open server "mi" requested by the login.'],
    [40914, "ambiguous", "Client is not allowed to access the server."],
    [47073, "ambiguous", "Connection was denied because Deny Public Network Access is set to Yes."],
    [47115, "ambiguous", "The 'x' option is not valid for WSFC availability group 'AG'."],
  ],
};
