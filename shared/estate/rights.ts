// Which rights the reading needs, which of them a login lacks, and how that is said.
import { grantStatement, msdbGrant } from "../sql/grant.ts";
import type { Rights } from "./estate.ts";

/** What a reading needs: without `definition` catalog views look empty, without `serverState` the states are refused. */
export type ReadRight = "definition" | "serverState";

/** The name of the right by the server's version: 2022 split VIEW SERVER STATE, and still lets its holder in. */
export function rightName(right: ReadRight, rights: Rights): string {
  if (right === "definition") return "VIEW ANY DEFINITION";
  return rights.viewServerPerformanceState === null
    ? "VIEW SERVER STATE"
    : "VIEW SERVER PERFORMANCE STATE";
}

/** Whether the login has the right, by its own answer. */
export function hasRight(right: ReadRight, rights: Rights): boolean {
  if (right === "definition") return rights.viewAnyDefinition;
  return rights.viewServerPerformanceState ?? rights.viewServerState;
}

/** Whether the login may run ALTER AVAILABILITY GROUP on every group (documentation of that statement). */
export function mayAlterGroups(rights: Rights): boolean {
  return rights.isSysadmin || rights.controlServer || rights.alterAnyAvailabilityGroup;
}

/** Who lacks what, on which server: the sentence of every missing right. */
export function missingRightSentence(server: string, login: string, permission: string): string {
  return `${login} has no ${permission} on ${server}.`;
}

/** Rights in msdb, which are not granted like the others. */
export const backupHistoryRight = "SELECT on msdb.dbo.backupset";
export const agentJobsRight = "SELECT on msdb.dbo.sysjobs and msdb.dbo.sysjobsteps";

const msdbTables: ReadonlyMap<string, readonly string[]> = new Map([
  [backupHistoryRight, ["backupset"]],
  [agentJobsRight, ["sysjobs", "sysjobsteps"]],
]);

/** The statement to ask an administrator for. */
export function missingRightRemedy(login: string, permission: string): string {
  const tables = msdbTables.get(permission);
  return tables === undefined
    ? `Ask for: ${grantStatement(permission, login)}`
    : `Ask for, in msdb: ${tables.map((table) => msdbGrant(table, login)).join(" ")}`;
}
