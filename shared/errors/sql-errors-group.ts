// SQL Server message numbers of availability groups: role changes and commands on the wrong side. Source: "Database Engine events and errors", 19000 to 20999, 31000 to 41399 and 47000 to 49999.
import { readBothRoles } from "./act-on.ts";
import type { SqlErrorRow } from "./sql-error-row.ts";

const connectPrimary =
  "Connect to the server that is PRIMARY of the availability group; read both sides first.";

export const groupErrors: readonly SqlErrorRow[] = [
  {
    numbers: [41100, 41101, 41126, 41167, 41168, 41169, 19508, 19510],
    class: "block",
    actOn: "bothSides",
    meaning: "{server} does not know this availability group, replica or database.",
    remedy: "Read the availability groups of both sides again, and compare the names.",
  },
  {
    // The engine says the same of what is missing and of what may not be seen: a permitted read settles it (electron/run/absent-or-hidden.ts).
    numbers: [15151],
    class: "ambiguous",
    actOn: "server",
    meaning: "{server} has no such availability group, or this login may not change it.",
    remedy: "Read the groups on {server} with a login that has VIEW ANY DEFINITION.",
  },
  {
    numbers: [41104, 41131, 41160, 41161, 41162, 41163, 41164, 41181],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "The role change on {server} did not come to an end in time.",
    remedy: readBothRoles,
  },
  {
    numbers: [41121],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "{server} cannot do this in its present role: the role moved in between.",
    remedy: readBothRoles,
  },
  {
    numbers: [41149],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "{server} ended the operation because its time ran out or the connection was lost.",
    remedy: `It may have happened all the same. ${readBothRoles}`,
  },
  {
    numbers: [41128, 41129, 41130],
    class: "ambiguous",
    actOn: "server",
    meaning: "An operation on a database of the availability group failed on {server}.",
    remedy: "Read the state of the database and {server}'s error log before anything else.",
  },
  {
    numbers: [41184, 41189],
    class: "ambiguous",
    actOn: "server",
    meaning: "The command on {server} failed after its change was stored: it may be half applied.",
    remedy: "Read the availability group's options on {server} before anything else.",
  },
  {
    numbers: [41183, 41188],
    class: "retry",
    actOn: "server",
    meaning: "The command on {server} failed before its change was stored. Nothing has changed.",
    remedy: "Look at the availability group on {server}, then try again.",
  },
  {
    numbers: [41113],
    class: "wait",
    actOn: "bothSides",
    meaning: "{server} already has a failover command waiting.",
    remedy: "Wait until it has ended and read the roles of both sides. Send no second one.",
  },
  {
    numbers: [41122],
    class: "info",
    actOn: "none",
    meaning: "{server} is already the primary.",
    remedy: "Read both sides: if this one was to be primary, nothing is left to do.",
  },
  {
    numbers: [41195],
    class: "info",
    actOn: "none",
    meaning: "{server} is already the secondary.",
    remedy: "Read both sides: if this one was to be secondary, nothing is left to do.",
  },
  {
    numbers: [41140, 35251],
    class: "wrongSide",
    actOn: "primary",
    meaning: "{server} takes this command only on the primary.",
    remedy: connectPrimary,
  },
  {
    numbers: [47122],
    class: "wrongSide",
    actOn: "primary",
    meaning: "{server} allows a planned failover only of a link's distributed availability group.",
    remedy: "Name the link's distributed availability group, and run it on the primary.",
  },
  {
    numbers: [19504],
    class: "block",
    actOn: "sqlServer",
    meaning: "{server} can only force a failover of this distributed availability group.",
    remedy:
      "A planned failover needs SQL Server 2022 CU13 or later. On an older SQL Server choose the move that removes the link.",
  },
  {
    numbers: [41190],
    class: "wrongSide",
    actOn: "primary",
    meaning: "{server} is not in a state for this command: not primary, or changing its role.",
    remedy: connectPrimary,
  },
  {
    numbers: [35252],
    class: "wrongSide",
    actOn: "bothSides",
    meaning: "{server} takes this command only on a secondary.",
    remedy: readBothRoles,
  },
  {
    numbers: [41134, 41142],
    class: "block",
    actOn: "server",
    meaning: "{server} cannot become primary: a database is not synchronized or not joined.",
    remedy: "Wait until the databases on {server} are caught up, then start again.",
  },
  {
    numbers: [41124, 41155, 41156, 41187],
    class: "block",
    actOn: "server",
    meaning: "The availability group on {server} is being dropped.",
    remedy: "Find out who is dropping it on {server} before anything else.",
  },
  {
    numbers: [41178],
    class: "wait",
    actOn: "server",
    meaning: "The availability group on {server} is still being created.",
    remedy: "Wait until it is there, then look at {server} again.",
  },
  {
    numbers: [41125],
    class: "block",
    actOn: "server",
    meaning: "The cluster of {server} runs with a forced quorum and allows only a forced failover.",
    remedy: "Bring the cluster of {server} back to its normal quorum.",
  },
  {
    numbers: [41138, 41165, 35276],
    class: "retry",
    actOn: "server",
    meaning: "The database or replica on {server} is busy with something else.",
    remedy: "Wait a moment, then try again on {server}.",
  },
  {
    numbers: [41148],
    class: "block",
    actOn: "server",
    meaning: "{server} does not have the database of the availability group.",
    remedy: "Compare the databases of {server} with those of the group.",
  },
  {
    numbers: [41143, 41144, 41146, 41150],
    class: "fatal",
    actOn: "server",
    meaning: "The local replica on {server} has failed, or its cluster does not work.",
    remedy: "Look at the cluster and {server}'s error log; the service may have to be restarted.",
  },
  {
    numbers: [41185],
    class: "info",
    actOn: "none",
    meaning: "{server} had nothing to change.",
    remedy: "Nothing is left to do.",
  },
  {
    numbers: [41191],
    class: "block",
    actOn: "bothSides",
    meaning: "{server} is older than the last primary and cannot take the database over.",
    remedy:
      "Compare both sides: SQL Server's version and the instance's update policy. There is no way back.",
  },
];
