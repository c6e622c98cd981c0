// SQL Server message numbers of making a link and of what it can hold: 419xx, 475xx, 14xx. Source: SQL Server 2025 "Database Engine events and errors, 41400 to 49999" and "1000 to 1999".
import type { SqlErrorRow } from "./sql-error-row.ts";

const createLinkAgain = "Correct it on SQL Server, then create the link again.";

export const linkErrors: readonly SqlErrorRow[] = [
  {
    numbers: [47521],
    class: "block",
    actOn: "primary",
    meaning: "The secondary never received the request of {server} to build its copy.",
    remedy:
      "Look first whether the availability group and the database on the primary are healthy.",
  },
  {
    numbers: [47500, 47501],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server} refused this seeding or commit mode for the managed instance's side.",
    remedy: "Create the link on SQL Server with automatic seeding and asynchronous commit.",
  },
  {
    numbers: [47502, 47503, 47519, 41429],
    class: "block",
    actOn: "server",
    meaning: "The availability group on {server} does not hold exactly one database.",
    remedy: "Leave one database in the group of a single-database link on {server}.",
  },
  {
    numbers: [47505, 47506],
    class: "ambiguous",
    actOn: "server",
    meaning: "{server} has no such endpoint or certificate, or this login may not see it.",
    remedy: "Look at it on {server} again with a login that has VIEW ANY DEFINITION.",
  },
  {
    numbers: [47520],
    class: "block",
    actOn: "server",
    meaning: "{server} does not let a database out of the availability group of a link.",
    remedy: "Leave the database where it is on {server}; to end the link, remove the link.",
  },
  {
    numbers: [47522],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "{server} reports that a database was taken out of the availability group of a link.",
    remedy: "Read the link again on both sides before anything else.",
  },
  {
    numbers: [47507, 47509, 47510, 47518, 41947],
    class: "block",
    actOn: "sqlServer",
    meaning:
      "{server}: the database has memory-optimized files or FILESTREAM, which the managed instance cannot hold.",
    remedy: createLinkAgain,
  },
  {
    numbers: [47508, 41948],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server}: the database has more than one log file, and a link allows one.",
    remedy:
      "Remove the additional log files of the database on SQL Server, then create the link again.",
  },
  {
    numbers: [41949],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server}: the database has more files than the managed instance allows.",
    remedy: createLinkAgain,
  },
  {
    numbers: [41950, 41951, 41952, 41999],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server}: the database uses what the managed instance cannot hold; see the message.",
    remedy: createLinkAgain,
  },
  {
    numbers: [41939, 47525, 47526],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server}: the database keeps its persistent version store outside PRIMARY.",
    remedy: "Move the version store to PRIMARY on SQL Server, then create the link again.",
  },
  {
    numbers: [41962, 41986],
    class: "block",
    actOn: "bothSides",
    meaning: "{server}: the link did not start, the other side did not answer in time.",
    remedy: "Test the ports between both sides, in both directions: 5022 and 11000 to 11999.",
  },
  {
    numbers: [41963],
    class: "block",
    actOn: "server",
    meaning: "The certificate is already used on {server} by something else.",
    remedy: "Use another certificate for the link's endpoint on {server}.",
  },
  {
    numbers: [41972],
    class: "block",
    actOn: "bothSides",
    meaning: "{server}: one side uses single-database links and the other multi-database links.",
    remedy: "Bring both sides to the same link mode, then create the link again.",
  },
  {
    numbers: [41973],
    class: "block",
    actOn: "instance",
    meaning: "SQL Server's endpoint certificate is not known to {server}.",
    remedy: "Import the public key of SQL Server's certificate on the managed instance.",
  },
  {
    numbers: [41974],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server}: the managed instance's endpoint certificate is not known to SQL Server.",
    remedy: "Import it on SQL Server and add its issuer with sp_certificate_add_issuer.",
  },
  {
    numbers: [41976, 41977],
    class: "block",
    actOn: "otherSide",
    meaning: "The other side's availability group or database does not answer {server}.",
    remedy:
      "Compare the names of both availability groups, and read the error log of the other side.",
  },
  {
    numbers: [41979, 41980, 41981],
    class: "block",
    actOn: "instance",
    meaning:
      "{server}: the database is encrypted with a service-managed key, which SQL Server cannot hold.",
    remedy: "Set a customer-managed key on the managed instance, and import it on SQL Server.",
  },
  {
    numbers: [41982],
    class: "block",
    actOn: "instance",
    meaning: "{server} belongs to a failover group, and a link excludes one.",
    remedy: "Take the managed instance out of the failover group, or remove the link.",
  },
  {
    numbers: [41984, 41988],
    class: "block",
    actOn: "bothSides",
    meaning: "{server}: the database formats of SQL Server and the managed instance do not match.",
    remedy: "Compare both sides: SQL Server's version and the instance's update policy.",
  },
  {
    numbers: [41987],
    class: "block",
    actOn: "instance",
    meaning: "{server} already uses the name of the availability group.",
    remedy: "Choose another name for the group on the managed instance.",
  },
  {
    numbers: [41998],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server}: the database mirroring endpoint of SQL Server is not encrypted.",
    remedy: "Set ENCRYPTION = REQUIRED with AES on the endpoint of SQL Server.",
  },
  {
    numbers: [1408, 1412],
    class: "fatal",
    actOn: "bothSides",
    meaning: "{server}: the secondary lacks log that the primary no longer has.",
    remedy: "Remove the link on both sides and create it again.",
  },
  {
    numbers: [1475],
    class: "block",
    actOn: "server",
    meaning: "{server} needs a new backup chain for the database.",
    remedy: "Take a full backup that is not COPY_ONLY, then a log backup, on {server}.",
  },
];
