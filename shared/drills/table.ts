// The drills of the practice estate: each a scenario to begin with, what strikes, and what the operator is to do.
import type { Side } from "../estate/estate.ts";
import type { Drill, EstateRequest } from "./drill.ts";

/** Rows that applications commit after the link has broken: what a forced failover then loses. */
const lastRows = 12;

/** Nobody has been called yet: long enough that the other side has noticed, and takes nothing for a sign of life. */
const unseen: EstateRequest = { do: "advance", ms: 30_000 };

const [sqlServer, instance] = ["SQLBOX01", "sqlmi1"] as const;

export const drills: readonly Drill[] = [
  {
    id: "sql-server-lost",
    name: "SQL Server is lost",
    happens: `${sqlServer} is gone since half a minute ago: it refuses every connection, and the link is broken. Its applications wrote until the last second and cannot write any more.`,
    toDo: `Select the link below ${instance}, Failover…, choose Forced failover, and make ${instance} primary. First be sure that ${sqlServer} is really gone.`,
    scenario: "healthy",
    strikes: [
      ...lastWritten("box"),
      fault({ kind: "unreachable", server: "box", on: true, how: "refused" }),
      unseen,
    ],
    goal: { kind: "takesWrites", side: "instance" },
    help: null,
  },
  {
    id: "sql-server-silent",
    name: "SQL Server answers nothing",
    happens: `${sqlServer} has taken connections and answered nothing for half a minute, and the link is broken. You cannot see it, but its applications still write.`,
    toDo: `Select the link below ${instance}, Failover…, and force. Every second until then is a row that only ${sqlServer} has.`,
    scenario: "healthy",
    strikes: [...lastWritten("box"), fault({ kind: "blackhole", server: "box", on: true }), unseen],
    goal: { kind: "takesWrites", side: "instance" },
    help: null,
  },
  {
    id: "instance-lost",
    name: "The managed instance is lost",
    happens: `${instance} was primary and is gone since half a minute ago: every connection to it falls, and the link is broken.`,
    toDo: `Select the link below ${sqlServer}, Failover…, choose Forced failover, and make ${sqlServer} primary.`,
    scenario: "instance-primary",
    strikes: [
      ...lastWritten("instance"),
      fault({ kind: "unreachable", server: "instance", on: true, how: "falls" }),
      unseen,
    ],
    goal: { kind: "takesWrites", side: "box" },
    help: null,
  },
  {
    id: "link-suspended",
    name: "SQL Server is lost, and the link was suspended",
    happens: `Data movement had been suspended on ${instance} for five minutes when ${sqlServer} was lost. All that was written in that time is on ${sqlServer} alone.`,
    toDo: `Force ${instance} to be primary. A suspended link asks for a typed reason; read what is lost before you type the link's name.`,
    scenario: "healthy",
    strikes: [
      fault({ kind: "suspended", server: "instance", on: true }),
      { do: "advance", ms: 300_000 },
      ...lastWritten("box"),
      fault({ kind: "unreachable", server: "box", on: true, how: "refused" }),
      unseen,
    ],
    goal: { kind: "takesWrites", side: "instance" },
    help: null,
  },
  {
    id: "sql-server-returns",
    name: "SQL Server comes back after a forced failover",
    happens: `${instance} was forced while ${sqlServer} was away. ${sqlServer} is back, takes itself for the primary, and its applications write there: two primaries, each with rows of its own.`,
    toDo: `Repair the split brain: stop writing on the old primary, save what only it has in a backup, then demote it.`,
    scenario: "split-brain",
    strikes: [],
    goal: { kind: "onePrimary" },
    help: null,
  },
  {
    id: "instance-returns",
    name: "The managed instance comes back after a forced failover",
    happens: `${sqlServer} was forced while ${instance} was away. ${instance} is back and takes itself for the primary: two primaries, each with rows of its own.`,
    toDo: `Repair the split brain: stop writing on the old primary, save what only it has in a backup, then demote it.`,
    scenario: "split-brain-instance",
    strikes: [],
    goal: { kind: "onePrimary" },
    help: null,
  },
  {
    id: "no-primary",
    name: "Nobody is primary",
    happens: `A repair was broken off. Both servers are SECONDARY, each with rows that the other does not have, and nobody can write.`,
    toDo: `Save what each side alone has where that is possible, choose the side that goes on, and make it primary.`,
    scenario: "no-primary",
    strikes: [],
    goal: { kind: "onePrimary" },
    help: null,
  },
  {
    id: "both-answer",
    name: "A rehearsal of the disaster while both sides answer",
    happens: `Nothing has happened: ${sqlServer} is primary, its applications write, and the link is healthy. You rehearse the night on it.`,
    toDo: `Stop the applications (menu Practice), and see that nobody writes. Force ${instance} to be primary, which asks for a typed reason while ${sqlServer} is alive. Then repair the two primaries: save what only ${sqlServer} has, and demote it.`,
    scenario: "healthy",
    strikes: [],
    goal: { kind: "onePrimary", side: "instance" },
    help: null,
  },
  {
    id: "writer-never-stops",
    name: "A writer that never stops",
    happens: `The applications were stopped for a planned failover to ${instance}. One batch job (adatum_import, ETL02) goes on writing on ${sqlServer}, and comes back when it is killed.`,
    toDo: `Plan the failover to ${instance}, find out who writes, and ask the owner to stop the batch job (menu Practice). The gate opens only when nobody writes.`,
    scenario: "writer-never-stops",
    strikes: [{ do: "workload", running: false }],
    goal: { kind: "onePrimary", side: "instance" },
    help: {
      name: "Ask the owner to stop the batch job",
      sends: [fault({ kind: "writersStopped" })],
    },
  },
  {
    id: "way-back-offline",
    name: "The link cannot be mended",
    happens: `${instance} is primary, and its applications write there. The link to ${sqlServer} is cut and does not come back: only a backup brings the database home.`,
    toDo: `Stop the applications (menu Practice). Select the link below ${instance}, then Link, Offline fail back…: both servers have a credential for the container https://adatum.blob.core.windows.net/back, and D:\\Data is a folder of ${sqlServer}.`,
    scenario: "instance-cut-off",
    strikes: [],
    goal: { kind: "broughtBack" },
    help: null,
  },
  removal({
    id: "azure-never-ends",
    name: "Azure never says that it ended",
    happens: "Azure will take the request to delete the link, carry it out, and never say so.",
    fault: { kind: "operationNeverEnds", carriedOut: true },
  }),
  removal({
    id: "azure-fails",
    name: "Azure fails",
    happens:
      "Azure will take the request to delete the link and end it with an error; the link stays.",
    fault: { kind: "operationFails", code: "OperationTimedOut", carriedOut: false },
  }),
];

function fault(what: EstateRequest): EstateRequest {
  return { do: "fault", fault: what };
}

/** The link breaks, and the applications of that side go on for a moment. */
function lastWritten(server: Side): readonly EstateRequest[] {
  return [
    fault({ kind: "linkDisconnected", on: true }),
    fault({ kind: "userCommits", server, rows: lastRows }),
  ];
}

function removal({
  fault: what,
  ...words
}: Pick<Drill, "id" | "name" | "happens"> & { readonly fault: EstateRequest }): Drill {
  return {
    ...words,
    toDo: `Sign in to Azure (choose dana@adatum.example), fail over to ${instance} with the link removed, and do what the report says is left. The applications have stopped; the instance's first full backup comes some minutes after the failover.`,
    scenario: "healthy",
    strikes: [
      { do: "workload", running: false },
      { do: "armFault", fault: what },
    ],
    goal: { kind: "linkGone" },
    help: null,
  };
}
