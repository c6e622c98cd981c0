// The checks that stand in one batch with the statement they guard: they end the batch by THROW before anything is sent on.
import type { Role, Side } from "../estate/estate.ts";
import type { PlannedLink, PlannedServer } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import {
  linkGroupId,
  localGroupState,
  ownLinkState,
  remoteLinkState,
  suspendedCopies,
} from "./link-queries.ts";
import { scriptComment, scriptString } from "./quote.ts";
import { groupIdOn, versionOf } from "../plan/planned-server.ts";

/**
 * One thing that must be so. `seen` is a T-SQL expression that answers nvarchar; what is not `wanted`, NULL and a query that
 * fails (a missing permission) all end the batch: only what was really seen lets it go on.
 */
export interface Check {
  /** Error number of the THROW; 50001 to 50009 say that nothing was changed. */
  readonly number: number;
  readonly seen: string;
  readonly wanted: readonly string[];
  /** How the message begins: `Refused` before a statement, `Not proved` after one. */
  readonly verdict: "Refused" | "Not proved";
  /** What is asked, as the operator reads it: 'the version of SQLBOX01'. */
  readonly what: string;
  /** What to do when it is not so. */
  readonly remedy: string;
}

/** Who is looked at and what is planned there. */
export interface GuardedPlace {
  readonly side: Side;
  readonly server: PlannedServer;
  readonly link: PlannedLink;
  /** Roles in the distributed availability group that it may have directly before. */
  readonly roles: readonly Role[];
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
export function guardLines(checks: readonly Check[], name: string): string[] {
  return [
    `DECLARE @${name}Seen nvarchar(4000), @${name}Refusal nvarchar(2048);`,
    ...checks.flatMap((check) => checkLines(check, name)),
  ];
}

/** The lines of one check, for a batch that has declared its variables. */
export function checkLines(check: Check, name: string): string[] {
  const [seen, refusal] = [`@${name}Seen`, `@${name}Refusal`];
  const wanted = check.wanted.map((value) => scriptString(value)).join(", ");
  const before = `${check.verdict}: ${check.what} must be ${check.wanted.join(" or ")}, and it is `;
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

/** Is this the server, the database, the node and the role that were planned. */
export function identityChecks(place: GuardedPlace): readonly Check[] {
  return [...contextChecks(place), ...nodeChecks(place), roleCheck(place)];
}

const planAgain = "Nothing was changed. Read both sides and make a new plan.";

/** Everything a changing statement asks of its own server, in this order. */
export function placeChecks(place: GuardedPlace): readonly Check[] {
  const { link } = place;
  return [
    ...contextChecks(place),
    versionCheck(place),
    ...nodeChecks(place),
    {
      number: guardNumbers.linkIdentity,
      verdict: "Refused",
      seen: linkGroupId(link),
      wanted: [groupIdOn(link, place.side).toUpperCase()],
      what: `the group_id of the link ${link.name}`,
      remedy: planAgain,
    },
    roleCheck(place),
  ];
}

export function versionCheck({ server }: GuardedPlace): Check {
  return {
    number: guardNumbers.productVersion,
    verdict: "Refused",
    seen: "CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128))",
    wanted: [versionOf(server)],
    what: `the version of ${server.serverName}`,
    remedy: planAgain,
  };
}

/** What only the primary can see of the other side: it is connected, and nothing is suspended. */
export function partnerChecks(link: PlannedLink): readonly Check[] {
  const remedy = "Nothing was changed. Bring the link back to health first.";
  return [
    {
      number: guardNumbers.suspended,
      verdict: "Refused",
      seen: `CAST(${suspendedCopies(link)} AS nvarchar(10))`,
      wanted: ["0"],
      what: "the number of suspended database copies",
      remedy,
    },
    {
      number: guardNumbers.connected,
      verdict: "Refused",
      seen: remoteLinkState("rs.connected_state_desc", link),
      wanted: ["CONNECTED"],
      what: "the connection to the other side",
      remedy,
    },
  ];
}

/** One batch that goes through the checks and then acts: what the runner sends and what stands in the script. */
export function guardedBatch(
  place: GuardedPlace,
  more: readonly Check[],
  statement: string,
  lastLines: readonly string[] = [],
): string {
  return guardedStatement(place.server, [...placeChecks(place), ...more], statement, lastLines);
}

/** The same with checks of the step's own: for a server that has no link any more. `lastLines` stand directly before it acts. */
export function guardedStatement(
  server: PlannedServer,
  checks: readonly Check[],
  statement: string,
  lastLines: readonly string[] = [],
): string {
  return [
    `-- Acts only on ${scriptComment(server.serverName)} as it was planned; otherwise ends with an error ${guardNumbers.databaseContext} to ${guardNumbers.action} and has changed nothing.`,
    ...guardLines(checks, "guard"),
    ...lastLines,
    ...executeLines(statement),
  ].join("\n");
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

/** A guarded batch without its end: the checks alone, which only read. Throws Error for a batch that has no such end. */
export function guardPart(batch: string): string {
  const lines = batch.split("\n");
  const end = lines.at(-1) ?? "";
  const cut = end === "EXEC (@statement);" ? -2 : -1;
  if (!end.startsWith("EXEC (")) throw new Error("This batch is not guarded.");
  return lines.slice(0, cut).join("\n");
}

/** Is this, on SQL Server, the primary node of the local group: another one shows the roles of the link upside down. */
export function nodeChecks({ side, server, link }: GuardedPlace): readonly Check[] {
  if (side === "instance") return [];
  return [
    {
      number: guardNumbers.localGroup,
      verdict: "Refused",
      seen: localGroupState("rs.role_desc", link),
      wanted: ["PRIMARY"],
      what: `the role of ${server.serverName} in the local availability group ${link.boxGroup}`,
      remedy: "Nothing was changed. Connect to the node that is PRIMARY of that group.",
    },
  ];
}

/** Is this the server and the database context that were planned. */
export function contextChecks(place: {
  readonly server: Pick<PlannedServer, "serverName">;
}): readonly Check[] {
  const { serverName } = place.server;
  return [
    {
      number: guardNumbers.databaseContext,
      verdict: "Refused",
      seen: "DB_NAME()",
      wanted: ["master"],
      what: "the database in use",
      remedy: "Nothing was changed. Switch to master and run it again.",
    },
    {
      number: guardNumbers.serverName,
      verdict: "Refused",
      seen: "CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128))",
      wanted: [serverName],
      what: "the server",
      remedy: `Nothing was changed. Connect to ${serverName} and run it there.`,
    },
  ];
}

function roleCheck(place: GuardedPlace): Check {
  return {
    number: guardNumbers.role,
    verdict: "Refused",
    seen: ownLinkState("rs.role_desc", place.link),
    wanted: place.roles,
    what: `the role of ${place.server.serverName} in the link ${place.link.name}`,
    remedy: "Nothing was changed. Read both sides and make a new plan.",
  };
}
