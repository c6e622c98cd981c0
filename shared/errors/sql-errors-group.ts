// SQL Server message numbers of availability groups: role changes, commands on the wrong side, replicas. Source: "Database Engine events and errors", 31000 to 41399 and 47000 to 49999.
import type { SqlErrorRow } from "./sql-error-row.ts";

const readBothRoles = "Read the roles of both sides before any other step.";
const connectPrimary =
  "Connect to the server that is PRIMARY of the availability group; read both sides first.";
const readAgain = "Read the availability groups of both sides again.";

export const groupErrors: readonly SqlErrorRow[] = [
  {
    numbers: [41100, 41101, 41126, 41167, 41168, 41169, 19508, 19510],
    class: "block",
    meaning: "{server} does not know this availability group, replica or database.",
    remedy: readAgain,
  },
  {
    numbers: [15151],
    class: "block",
    meaning: "{server} does not find the availability group, or this login may not see it.",
    remedy: "Read the availability groups again with a login that has VIEW ANY DEFINITION.",
  },
  {
    numbers: [41104, 41131, 41160, 41161, 41162, 41163, 41164, 41181],
    class: "ambiguous",
    meaning: "The role change on {server} did not come to an end in time.",
    remedy: readBothRoles,
  },
  {
    numbers: [41121],
    class: "ambiguous",
    meaning: "{server} cannot do this in its present role: the role moved in between.",
    remedy: readBothRoles,
  },
  {
    numbers: [41149],
    class: "ambiguous",
    meaning: "{server} ended the operation because its time ran out or the connection was lost.",
    remedy: `It may have happened all the same. ${readBothRoles}`,
  },
  {
    numbers: [41128, 41129, 41130],
    class: "ambiguous",
    meaning: "An operation on a database of the availability group failed on {server}.",
    remedy: "Read the state of the database and {server}'s error log before anything else.",
  },
  {
    numbers: [41184, 41189],
    class: "ambiguous",
    meaning: "The command on {server} failed after its change was stored: it may be half applied.",
    remedy: "Read the availability group's options on {server} before anything else.",
  },
  {
    numbers: [41183, 41188],
    class: "retry",
    meaning: "The command on {server} failed before its change was stored. Nothing has changed.",
    remedy: "Look at the availability group, then try again.",
  },
  {
    numbers: [41113],
    class: "wait",
    meaning: "{server} already has a failover command waiting.",
    remedy: "Wait until it has ended and read both roles. Send no second one.",
  },
  {
    numbers: [41122],
    class: "info",
    meaning: "{server} is already the primary.",
    remedy: "Read the roles of both sides; if this side was to become primary, it is done.",
  },
  {
    numbers: [41195],
    class: "info",
    meaning: "{server} is already the secondary.",
    remedy: "Read the roles of both sides; if this side was to become secondary, it is done.",
  },
  {
    numbers: [41140, 35251],
    class: "wrongSide",
    meaning: "{server} takes this command only on the primary.",
    remedy: connectPrimary,
  },
  {
    numbers: [19504, 47122],
    class: "wrongSide",
    meaning: "{server} allows a planned failover only for the distributed group of a link.",
    remedy: "Name the link's distributed availability group, and run it on the primary.",
  },
  {
    numbers: [41190],
    class: "wrongSide",
    meaning: "{server} is not in a state for this command: not primary, or changing its role.",
    remedy: connectPrimary,
  },
  {
    numbers: [35252],
    class: "wrongSide",
    meaning: "{server} takes this command only on a secondary.",
    remedy: readBothRoles,
  },
  {
    numbers: [41134, 41142],
    class: "block",
    meaning: "{server} cannot become primary: a database is not synchronized or not joined.",
    remedy: "Wait until the databases are caught up, then start again.",
  },
  {
    numbers: [41124, 41155, 41156, 41178, 41187],
    class: "block",
    meaning: "The availability group on {server} is being dropped.",
    remedy: "Find out who is dropping it before anything else.",
  },
  {
    numbers: [41125],
    class: "block",
    meaning: "The cluster of {server} runs with a forced quorum and allows only a forced failover.",
    remedy: "Bring the cluster back to its normal quorum.",
  },
  {
    numbers: [41138, 41165, 35276],
    class: "retry",
    meaning: "The database or replica on {server} is busy with something else.",
    remedy: "Wait a moment, then try again.",
  },
  {
    numbers: [41148],
    class: "block",
    meaning: "{server} does not have the database of the availability group.",
    remedy: readAgain,
  },
  {
    numbers: [41143, 41144, 41146, 41150],
    class: "fatal",
    meaning: "The local replica on {server} has failed, or its cluster does not work.",
    remedy: "Look at the cluster and {server}'s error log; the service may have to be restarted.",
  },
  {
    numbers: [41106, 41158, 41159, 41171, 41196],
    class: "block",
    meaning: "{server} still holds something of an earlier availability group of this name.",
    remedy: "Look at what is left of it on {server} and clean it up first.",
  },
  {
    numbers: [41185],
    class: "info",
    meaning: "{server} had nothing to change.",
    remedy: "Nothing is left to do.",
  },
  {
    numbers: [41191],
    class: "block",
    meaning: "{server} is older than the last primary and cannot take the database over.",
    remedy: "Compare SQL Server's version with the instance's update policy; there is no way back.",
  },
  {
    numbers: [41199, 19513],
    class: "block",
    meaning: "The edition of {server} does not have this feature.",
    remedy: "Compare the edition with what the link needs.",
  },
  {
    numbers: [35212, 35248, 19530],
    class: "block",
    meaning: "{server} allows no such combination of synchronous replicas.",
    remedy: "Look at the commit modes and REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT.",
  },
  {
    numbers: [35221, 35222, 35224, 35226, 47105],
    class: "block",
    meaning: "Always On availability groups are not usable on {server}.",
    remedy: "Switch Always On on in SQL Server Configuration Manager and restart the service.",
  },
  {
    numbers: [35239, 35242],
    class: "block",
    meaning: "The database on {server} is not joined, or its data movement has not started.",
    remedy: "Read the state of the database again.",
  },
  {
    numbers: [35244, 35259, 19501, 19502, 19503, 19507, 19509, 19511, 19512],
    class: "block",
    meaning: "The availability groups on {server} are not set up as this command needs them.",
    remedy: readAgain,
  },
  {
    numbers: [19506],
    class: "block",
    meaning: "The availability group on {server} may not create databases.",
    remedy: "Grant CREATE ANY DATABASE to the availability group.",
  },
  {
    numbers: [19494, 19495, 19496],
    class: "wait",
    meaning: "Automatic seeding reports an error on {server}.",
    remedy: "Look at sys.dm_hadr_automatic_seeding on {server}; the service may try again.",
  },
  {
    numbers: [35250],
    class: "block",
    meaning: "The connection between {server} and the primary replica is not active.",
    remedy: "Look at the endpoint's state, the port and the certificates on both sides.",
  },
  {
    numbers: [35256, 35257],
    class: "wait",
    meaning: "{server} lost touch with the other side for a while.",
    remedy: "Watch the connected state; test the network if it does not come back.",
  },
  {
    numbers: [35264],
    class: "block",
    meaning: "Data movement on {server} is suspended.",
    remedy: "Find out why, then resume data movement (HADR RESUME) on {server}.",
  },
  {
    numbers: [35253, 35268, 35269, 35275],
    class: "fatal",
    meaning: "The copy on {server} was interrupted while it was brought into line.",
    remedy: "Stop here; restore the log it needs, or create the link again.",
  },
  {
    numbers: [35274],
    class: "wait",
    meaning: "Recovery on {server} waits for more log from the primary.",
    remedy: "Wait and watch the redo queue.",
  },
  {
    numbers: [35277, 47101],
    class: "block",
    meaning: "{server} allows only FAILOVER_MODE = MANUAL here.",
    remedy: "Use FAILOVER_MODE = MANUAL.",
  },
  {
    numbers: [47106],
    class: "block",
    meaning: "{server} did not receive the availability group's configuration in time.",
    remedy: "Test the port and the certificates of the endpoints on both sides.",
  },
  {
    numbers: [35262, 35265, 35266, 35267, 35285, 35299, 41074, 41075, 41094],
    class: "info",
    meaning: "{server} tells how far its role change or its connection is.",
    remedy: "Nothing is left to do.",
  },
  {
    numbers: [35542, 35543, 35544, 35545, 35546, 35547],
    class: "block",
    meaning: "{server} finds its multi-database link damaged.",
    remedy: "Follow the message; sys.sp_mi_dag_repair or a new link may be needed.",
  },
  {
    numbers: [9002],
    class: "block",
    meaning: "The log of a database on {server} is full.",
    remedy: "Back up the log and look at log_reuse_wait_desc; the link may hold it.",
  },
];
