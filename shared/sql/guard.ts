// The checks that stand in one batch with the statement they guard: they end the batch by THROW before anything is sent on.
import type { Role, Side } from "../estate/estate.ts";
import type { PlannedLink, PlannedServer } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import { scriptString } from "./quote.ts";

/**
 * One thing that must be so. `seen` is a T-SQL expression that answers nvarchar; what is not `wanted`, NULL and a query that
 * fails (a missing permission) all end the batch: only what was really seen lets it go on.
 */
export interface Check {
  /** Error number of the THROW; 50001 to 50009 say that nothing was changed. */
  readonly number: number;
  readonly seen: string;
  readonly wanted: readonly string[];
  /** What is asked, as the operator reads it: "role of the link" */
  readonly what: string;
  /** What to do when it is not so. */
  readonly remedy: string;
}

/** Who is looked at and what is planned there. */
export interface GuardedPlace {
  readonly side: Side;
  readonly server: PlannedServer;
  readonly link: PlannedLink;
  /** Role in the distributed availability group directly before the statement. */
  readonly role: Role;
}

export const guardNumbers = {
  databaseContext: 50001,
  serverName: 50002,
  productVersion: 50003,
  localGroup: 50004,
  linkIdentity: 50005,
  role: 50006,
  suspended: 50007,
  connected: 50008,
  action: 50009,
} as const;

/** The lines of T-SQL that go through the checks in order. `name` keeps the variables of two guards in one batch apart. */
export function guardLines(checks: readonly Check[], name: string, server: string): string[] {
  return [
    `DECLARE @${name}Seen nvarchar(4000), @${name}Refusal nvarchar(2048);`,
    ...checks.flatMap((check) => checkLines(check, name, server)),
  ];
}

/** The lines of one check, for a batch that has declared its variables. */
export function checkLines(check: Check, name: string, server: string): string[] {
  const [seen, refusal] = [`@${name}Seen`, `@${name}Refusal`];
  const wanted = check.wanted.map((value) => scriptString(value)).join(", ");
  const before = `Refused on ${server}: ${check.what} must be ${check.wanted.join(" or ")}, and it is `;
  const sentence = [
    scriptString(visibleText(before)),
    `ISNULL(${seen}, N'not visible to this login')`,
    scriptString(visibleText(`. ${check.remedy}`)),
  ].join(" + ");
  return [
    // First NULL: a query that fails leaves the variable as it was.
    `SET ${seen} = NULL;`,
    `SET ${seen} = ${check.seen};`,
    `IF ${seen} IS NULL OR ${seen} NOT IN (${wanted})`,
    "BEGIN",
    `    SET ${refusal} = ${sentence};`,
    `    THROW ${check.number}, ${refusal}, 1;`,
    "END;",
  ];
}

/** Is this the server, the database and the role that were planned. Says nothing of the other side. */
export function identityChecks(place: GuardedPlace): readonly Check[] {
  const goThere = `Nothing was changed. Connect to ${place.server.serverName} and run it there.`;
  return [
    {
      number: guardNumbers.databaseContext,
      seen: "DB_NAME()",
      wanted: ["master"],
      what: "the database in use",
      remedy: "Nothing was changed. Switch to master and run it again.",
    },
    {
      number: guardNumbers.serverName,
      seen: "CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128))",
      wanted: [place.server.serverName],
      what: "the server",
      remedy: goThere,
    },
    roleCheck(place),
  ];
}

/** Everything a changing statement asks of its own server, in this order. */
export function placeChecks(place: GuardedPlace): readonly Check[] {
  const { link, server } = place;
  const planAgain = "Nothing was changed. Read both sides and make a new plan.";
  const localGroup: Check = {
    number: guardNumbers.localGroup,
    seen: ownReplica("role_desc", link.boxGroup, 0),
    wanted: ["PRIMARY"],
    what: `its role in the local availability group ${link.boxGroup}`,
    remedy: "Nothing was changed. Connect to the node that is PRIMARY of that group.",
  };
  return [
    ...identityChecks(place).slice(0, -1),
    {
      number: guardNumbers.productVersion,
      seen: "CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128))",
      wanted: [server.productVersion],
      what: "its version",
      remedy: planAgain,
    },
    ...(place.side === "box" ? [localGroup] : []),
    {
      number: guardNumbers.linkIdentity,
      seen: `(SELECT CAST(ag.group_id AS nvarchar(36)) FROM sys.availability_groups AS ag WHERE ag.is_distributed = 1 AND ag.name = ${scriptString(link.name)})`,
      wanted: [link.groupIds[place.side].toUpperCase()],
      what: `the group_id of the link ${link.name}`,
      remedy: planAgain,
    },
    roleCheck(place),
  ];
}

/** What only the primary can see of the other side: it is connected, and nothing is suspended. */
export function partnerChecks(link: PlannedLink): readonly Check[] {
  const group = scriptString(link.name);
  const remedy = "Nothing was changed. Bring the link back to health first.";
  return [
    {
      number: guardNumbers.suspended,
      seen: `(SELECT CAST(COUNT(*) AS nvarchar(10)) FROM sys.dm_hadr_database_replica_states AS d JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id WHERE (d.is_local = 1 OR ag.name = ${group}) AND d.database_id IN (${databaseIds(link)}) AND ISNULL(d.is_suspended, 1) = 1)`,
      wanted: ["0"],
      what: "the number of suspended database copies",
      remedy,
    },
    {
      number: guardNumbers.connected,
      seen: `(SELECT rs.connected_state_desc FROM sys.dm_hadr_availability_replica_states AS rs JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id WHERE ag.is_distributed = 1 AND ag.name = ${group} AND rs.is_local = 0)`,
      wanted: ["CONNECTED"],
      what: "the connection to the other side",
      remedy,
    },
  ];
}

/** The ids of the link's databases on the server that runs it, for an IN list. */
export function databaseIds(link: PlannedLink): string {
  return link.databases.map((database) => `DB_ID(${scriptString(database)})`).join(", ");
}

/** A state column of the server's own replica row of a group, as a scalar query. */
export function ownReplica(column: string, group: string, isDistributed: 0 | 1): string {
  return `(SELECT ${column} FROM sys.dm_hadr_availability_replica_states AS rs JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id WHERE ag.is_distributed = ${isDistributed} AND ag.name = ${scriptString(group)} AND rs.is_local = 1)`;
}

/**
 * The end of a guarded batch: the statement by EXEC, since the server allows some of them only alone. EXEC takes strings and
 * variables but no expressions, so a text that had to be assembled goes through a variable.
 */
export function executeLines(statement: string): string[] {
  const text = scriptString(statement);
  const isOneLiteral = text.indexOf(" + NCHAR(") === -1 && text.startsWith("N'");
  return isOneLiteral
    ? [`EXEC (${text});`]
    : [`DECLARE @statement nvarchar(max) = ${text};`, "EXEC (@statement);"];
}

function roleCheck(place: GuardedPlace): Check {
  return {
    number: guardNumbers.role,
    seen: ownReplica("rs.role_desc", place.link.name, 1),
    wanted: [place.role],
    what: `its role in the link ${place.link.name}`,
    remedy: "Nothing was changed. Read both sides and make a new plan.",
  };
}
