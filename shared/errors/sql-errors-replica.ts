// SQL Server message numbers of replicas, their setup, their data movement and their log. Source: "Database Engine events and errors", 9000 to 9999, 19000 to 20999, 31000 to 41399 and 47000 to 49999.
import type { SqlErrorRow } from "./sql-error-row.ts";

export const replicaErrors: readonly SqlErrorRow[] = [
  {
    numbers: [41106, 41158, 41159, 41171, 41196],
    class: "block",
    actOn: "server",
    meaning: "{server} still holds something of an earlier availability group of this name.",
    remedy: "Look at what is left of it on {server} and clean it up first.",
  },
  {
    numbers: [41199, 19513],
    class: "block",
    actOn: "server",
    meaning: "The edition of {server} does not have this feature.",
    remedy: "Compare the edition of {server} with what the link needs.",
  },
  {
    numbers: [35212, 35248, 19530],
    class: "block",
    actOn: "server",
    meaning: "{server} allows no such combination of synchronous replicas.",
    remedy: "Compare commit modes and REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT on {server}.",
  },
  {
    numbers: [35221, 35222, 35224, 35226, 47105],
    class: "block",
    actOn: "server",
    meaning: "Always On availability groups are not usable on {server}.",
    remedy: "Switch Always On on for {server} in SQL Server Configuration Manager and restart it.",
  },
  {
    numbers: [35239, 35242],
    class: "block",
    actOn: "server",
    meaning: "The database on {server} is not joined, or its data movement has not started.",
    remedy: "Read the state of the database on {server} again.",
  },
  {
    numbers: [
      ...[35244, 35259, 19497, 19498, 19499, 19501, 19502, 19503, 19507, 19509, 19511],
      ...[19512],
    ],
    class: "block",
    actOn: "server",
    meaning: "The availability groups on {server} are not set up as this command needs them.",
    remedy: "Read the availability groups of {server} again, and follow the message.",
  },
  {
    numbers: [19506],
    class: "block",
    actOn: "server",
    meaning: "The availability group on {server} may not create databases.",
    remedy: "On {server}, grant CREATE ANY DATABASE to the availability group.",
  },
  {
    numbers: [19494],
    class: "wait",
    actOn: "server",
    meaning: "Automatic seeding met an error on {server} and is tried again by itself.",
    remedy: "Watch sys.dm_hadr_automatic_seeding on {server}.",
  },
  {
    numbers: [19495, 19496],
    class: "block",
    actOn: "server",
    meaning: "Automatic seeding has failed on {server}.",
    remedy:
      "Look at sys.dm_hadr_automatic_seeding on {server}, correct the cause, start seeding again.",
  },
  {
    numbers: [35250],
    class: "block",
    actOn: "bothSides",
    meaning: "The connection between {server} and the primary replica is not active.",
    remedy: "Look at the endpoint's state, the port and the certificates on both sides.",
  },
  {
    numbers: [35203],
    class: "block",
    actOn: "bothSides",
    meaning: "{server} and its partner do not speak the same version of the link's transport.",
    remedy: "Compare the versions of both sides, and update the older one.",
  },
  {
    numbers: [35204],
    class: "block",
    actOn: "bothSides",
    meaning:
      "{server} has no connection to its partner: a mirroring endpoint is stopped or disabled.",
    remedy: "Look at the endpoint on both sides, and start it (ALTER ENDPOINT … STATE = STARTED).",
  },
  {
    numbers: [35205],
    class: "fatal",
    actOn: "server",
    meaning:
      "{server} could not start its transport of availability groups, mostly for lack of memory.",
    remedy: "Read the error log of {server}, and free memory there.",
  },
  {
    numbers: [35206, 35256, 35257],
    class: "wait",
    actOn: "bothSides",
    meaning: "{server} lost touch with the other side for a while.",
    remedy: "Watch the connected state; if it stays, test the network between both sides.",
  },
  {
    numbers: [35264],
    class: "block",
    actOn: "server",
    meaning: "Data movement on {server} is suspended.",
    remedy:
      "Find out why, and save the tail of the log after a forced failover. Then resume on {server} (HADR RESUME).",
  },
  {
    numbers: [35253, 35268, 35269, 35275],
    class: "fatal",
    actOn: "server",
    meaning: "The copy on {server} was interrupted while it was brought into line.",
    remedy: "Stop here; restore the log that {server} needs, or create the link again.",
  },
  {
    numbers: [35274],
    class: "wait",
    actOn: "server",
    meaning: "Recovery on {server} waits for more log from the primary.",
    remedy: "Wait and watch the redo queue of {server}.",
  },
  {
    numbers: [35277, 47101],
    class: "block",
    actOn: "server",
    meaning: "{server} allows only a manual failover mode here.",
    remedy: "Use FAILOVER_MODE = MANUAL on {server}.",
  },
  {
    numbers: [47106],
    class: "block",
    actOn: "bothSides",
    meaning: "{server} did not receive the availability group's configuration in time.",
    remedy: "Test the port and the certificates of the endpoints on both sides.",
  },
  {
    numbers: [35262, 35265, 35266, 35267, 35285, 35299, 41074, 41075, 41094],
    class: "info",
    actOn: "none",
    meaning: "{server} tells how far its role change or its connection is.",
    remedy: "Nothing is left to do.",
  },
  {
    numbers: [35542, 35543, 35544, 35545, 35546, 35547],
    class: "block",
    actOn: "server",
    meaning: "{server} finds its multi-database link damaged.",
    remedy:
      "Follow the message on {server}; sys.sp_mi_dag_repair or a new link may be what it takes.",
  },
  {
    numbers: [9002],
    class: "block",
    actOn: "server",
    meaning: "The log of a database on {server} is full.",
    remedy: "Back up the log on {server} and look at log_reuse_wait_desc; the link may hold it.",
  },
];
