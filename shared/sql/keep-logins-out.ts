// Keeps named logins off a server while its workload has to stand still, and lets exactly those in again: for script files.
import { disableLoginsBatch, enableLoginsBatch, mayBeDisabled, roleFor } from "./disable-logins.ts";
import { contextChecks } from "./guard.ts";
import { scriptString } from "./quote.ts";

export interface KeptOut {
  readonly serverName: string;
  /** group_id of the link on that server: what is remembered is remembered for it. */
  readonly groupId: string;
  readonly logins: readonly string[];
}

/** Disables those of the logins that may be disabled; the others are left alone. */
export function keepLoginsOutBatch({ serverName, groupId, logins }: KeptOut): string {
  const query = [
    "SELECT DISTINCT p.name FROM sys.server_principals AS p",
    ...mayBeDisabled,
    `AND p.name IN (${logins.map(scriptString).join(", ")})`,
  ].join(" ");
  return disableLoginsBatch({
    serverName,
    role: roleFor("kept-out", groupId),
    guard: "keep",
    checks: contextChecks({ server: { serverName } }),
    find: [
      `DECLARE @query nvarchar(max) = ${scriptString(query)};`,
      "INSERT INTO @logins (name) EXEC (@query);",
    ],
  });
}

/** Enables every login that was disabled for this link by the batch above, whichever were named then. */
export function letLoginsInBatch({ serverName, groupId }: Omit<KeptOut, "logins">): string {
  return enableLoginsBatch({
    role: roleFor("kept-out", groupId),
    guard: "let",
    checks: contextChecks({ server: { serverName } }),
  });
}
