// SQL Server message numbers of the link itself: 419xx and 475xx. Source: SQL Server 2025 "Database Engine events and errors, 41400 to 49999".
import type { SqlErrorRow } from "./sql-error-row.ts";

const createLinkAgain = "Correct it on SQL Server, then create the link again.";
const testPorts =
  "Test the ports both ways between SQL Server and the managed instance: 5022 and 11000 to 11999.";

export const linkErrors: readonly SqlErrorRow[] = [
  {
    numbers: [47514],
    class: "block",
    meaning:
      "{server} refused the failover: the secondary does not synchronize or cannot catch up.",
    remedy: "Wait until the link is healthy and caught up, then start again. Nothing has changed.",
  },
  {
    numbers: [47515],
    class: "block",
    meaning: "{server} refused the failover: too much log still waits to be sent (send queue).",
    remedy:
      "Stop the workload and wait until the send queue is empty, then start again. Nothing has changed.",
  },
  {
    numbers: [47516],
    class: "block",
    meaning:
      "{server} refused the failover: too much log still waits to be redone on the secondary (redo queue).",
    remedy:
      "Stop the workload and wait until the redo queue is empty, then start again. Nothing has changed.",
  },
  {
    numbers: [47513],
    class: "wait",
    meaning: "{server} says that an earlier failover of this link is still in progress.",
    remedy: "Wait until it has ended and read the roles of both sides. Send no second one.",
  },
  {
    numbers: [47517],
    class: "wrongSide",
    meaning: "{server} is not the primary, and this failover can be started only there.",
    remedy: "Read the roles of both sides and start the failover on the one that is PRIMARY.",
  },
  {
    numbers: [47511],
    class: "block",
    meaning:
      "{server} says that this distributed availability group is not part of a link to a managed instance.",
    remedy: "Choose the link's own distributed availability group.",
  },
  {
    numbers: [47512],
    class: "wait",
    meaning:
      "{server} cannot change this property of the availability group while a failover is running.",
    remedy: "Wait until the failover has ended, then try again.",
  },
  {
    numbers: [47504],
    class: "ambiguous",
    meaning: "{server} reports an error of the link without saying which.",
    remedy: "Read the roles of both sides and {server}'s error log before anything else.",
  },
  {
    numbers: [47523],
    class: "block",
    meaning: "{server} does not allow this option to be changed on a link.",
    remedy: "Leave the option as it is; nothing has changed.",
  },
  {
    numbers: [47521],
    class: "block",
    meaning: "The secondary never received the request of {server} to build its copy.",
    remedy:
      "Look first whether the availability group and the database on the primary are healthy.",
  },
  {
    numbers: [47500, 47501],
    class: "block",
    meaning: "{server} refused this seeding or commit mode for the managed instance's side.",
    remedy: "Use automatic seeding and asynchronous commit when the link is created.",
  },
  {
    numbers: [47502, 47503, 47519, 41429],
    class: "block",
    meaning: "The availability group on {server} does not hold exactly one database.",
    remedy: "Leave one database in the availability group of a single-database link.",
  },
  {
    numbers: [47520, 47522],
    class: "block",
    meaning: "{server} reports that the database was, or was asked to be, taken out of the link.",
    remedy: "Read the link again on both sides before anything else.",
  },
  {
    numbers: [47507, 47509, 47510, 47518, 41947],
    class: "block",
    meaning:
      "The database uses memory-optimized files or FILESTREAM in a way the managed instance cannot hold.",
    remedy: createLinkAgain,
  },
  {
    numbers: [47508, 41948],
    class: "block",
    meaning: "The database on {server} has more than one log file, and a link allows one.",
    remedy: "Remove the additional log files, then create the link again.",
  },
  {
    numbers: [41949],
    class: "block",
    meaning: "The database has more files than the managed instance allows.",
    remedy: createLinkAgain,
  },
  {
    numbers: [41950, 41951, 41952, 41999],
    class: "block",
    meaning: "The database uses something the managed instance cannot hold; the message names it.",
    remedy: createLinkAgain,
  },
  {
    numbers: [41939, 47525, 47526],
    class: "block",
    meaning: "The persistent version store of the database is not in the PRIMARY filegroup.",
    remedy: "Move the persistent version store to PRIMARY, then create the link again.",
  },
  {
    numbers: [41954, 41955, 41956, 41958, 41959, 41960, 41961],
    class: "wait",
    meaning: "{server} is finishing its change to primary and tries again by itself.",
    remedy: "Wait and look at both roles. Do not send the failover again.",
  },
  {
    numbers: [41957],
    class: "fatal",
    meaning: "{server} cannot use its own backup metadata.",
    remedy: "Open a support request with the message as it stands.",
  },
  {
    numbers: [41962, 41986],
    class: "block",
    meaning: "Replication of the link did not start: the other side did not answer in time.",
    remedy: testPorts,
  },
  {
    numbers: [41971],
    class: "ambiguous",
    meaning: "{server} lost its connection to the other side of the link.",
    remedy: "Read the roles of both sides, then test the ports between them.",
  },
  {
    numbers: [41963],
    class: "block",
    meaning: "The certificate is already used on {server} by something else.",
    remedy: "Use another certificate for the link's endpoint.",
  },
  {
    numbers: [41964],
    class: "wait",
    meaning: "{server} cannot do this while a database of a link is still being created.",
    remedy: "Wait until seeding has ended.",
  },
  {
    numbers: [41965],
    class: "info",
    meaning: "{server} already has the role that was asked for.",
    remedy: "Read the roles of both sides; if they are as wanted, nothing is left to do.",
  },
  {
    numbers: [41968],
    class: "wait",
    meaning: "{server} is still changing its role after an earlier request.",
    remedy: "Wait until it has ended and read the roles of both sides. Send no second request.",
  },
  {
    numbers: [41969],
    class: "ambiguous",
    meaning: "{server} could not set the role and does not say why.",
    remedy: "Read the roles of both sides and {server}'s error log before anything else.",
  },
  {
    numbers: [41970],
    class: "wrongSide",
    meaning: "{server} cannot be made primary in a planned way from its own side.",
    remedy: "Start the planned failover on SQL Server, which is the primary.",
  },
  {
    numbers: [41972],
    class: "block",
    meaning: "One side uses single-database links and the other multi-database links.",
    remedy: "Bring both sides to the same link mode, then create the link again.",
  },
  {
    numbers: [41973],
    class: "block",
    meaning: "SQL Server's endpoint certificate is not known to the managed instance.",
    remedy: "Import the public key of SQL Server's certificate on the managed instance.",
  },
  {
    numbers: [41974],
    class: "block",
    meaning: "The managed instance's endpoint certificate is not known to SQL Server.",
    remedy: "Import it on SQL Server and add its issuer with sp_certificate_add_issuer.",
  },
  {
    numbers: [41976, 41977],
    class: "block",
    meaning: "The other side's availability group or database does not answer {server}.",
    remedy:
      "Compare the names of both availability groups on both sides and read the other side's error log.",
  },
  {
    numbers: [41979, 41980, 41981],
    class: "block",
    meaning: "The database is encrypted with a service-managed key, which SQL Server cannot hold.",
    remedy: "Use a customer-managed key that both sides have.",
  },
  {
    numbers: [41982],
    class: "block",
    meaning: "The managed instance belongs to a failover group, and a link excludes one.",
    remedy: "Remove the failover group or the link.",
  },
  {
    numbers: [41984, 41988],
    class: "block",
    meaning: "The database formats of SQL Server and the managed instance do not match.",
    remedy: "Compare SQL Server's version with the instance's update policy.",
  },
  {
    numbers: [41985],
    class: "block",
    meaning: "{server} does not support a forced failover of this link.",
    remedy: "Such a link is given up by removing it; read both sides first.",
  },
  {
    numbers: [41987],
    class: "block",
    meaning: "The name of the availability group is already used on the managed instance.",
    remedy: "Choose another name.",
  },
  {
    numbers: [41993],
    class: "fatal",
    meaning: "The copy on the managed instance cannot be reached, for example for a lost key.",
    remedy: "Look at the instance in the Azure portal and bring its encryption key back.",
  },
  {
    numbers: [41998],
    class: "block",
    meaning: "The database mirroring endpoint of {server} is not encrypted.",
    remedy: "Set ENCRYPTION = REQUIRED with AES on the endpoint.",
  },
  {
    numbers: [1408, 1412],
    class: "fatal",
    meaning: "The secondary lacks log that {server} no longer has.",
    remedy: "Drop the link and create it again.",
  },
  {
    numbers: [1475],
    class: "block",
    meaning: "{server} needs a new backup chain for the database.",
    remedy: "Take a full backup that is not COPY_ONLY, then a log backup.",
  },
];
