// The script of a readiness assessment: the logins that the side which takes over lacks. Never sent; it holds no secret.
import { kindOfServer } from "../plan/actions/action-form.ts";
import type { Side } from "../estate/estate.ts";
import type { Environment } from "../plan/plan.ts";
import { byteOrderMark } from "../script/script-file.ts";
import type { ScriptFile } from "../script/script-file.ts";
import {
  createEntraLogin,
  createLoginFrom,
  createSqlLogin,
  dropLogin,
  mapUser,
  placeholders,
} from "../sql/create-login.ts";
import { scriptComments } from "../sql/quote.ts";
import { joinBatches, useMaster } from "../sql/script-batch.ts";
import type { LoginGap } from "./login-gaps.ts";
import { isWindows } from "./login-gaps.ts";
import { named } from "./words.ts";

export interface LoginScriptOf {
  readonly environment: Environment;
  readonly linkName: string;
  /** The side that takes over. */
  readonly side: Side;
  readonly serverName: string;
}

/** Undefined where there is nothing to create. */
export function toLoginScript(
  gaps: readonly LoginGap[],
  of: LoginScriptOf,
): ScriptFile | undefined {
  const batches = gaps.flatMap((gap) => batchOf(gap, of) ?? []);
  if (batches.length === 0) return undefined;
  return {
    fileName: of.side === "box" ? "logins-sql-server.sql" : "logins-managed-instance.sql",
    server: of.serverName,
    text: byteOrderMark + joinBatches([headerOf(of), useMaster, ...batches]),
  };
}

function headerOf({ environment, linkName, side, serverName }: LoginScriptOf): string {
  return scriptComments([
    `${environment.toUpperCase()}. MI Link Failover: logins for the databases of the link ${linkName}.`,
    `Run this file on ${serverName} (${kindOfServer(side)}), with ALTER ANY LOGIN.`,
    "",
    `It holds no password: replace each ${placeholders.password} first. A batch where that is not done ends with error 50009.`,
    "Server roles and rights of the logins are not in it: compare them by hand. Do not keep the file once passwords are in it.",
    "Every batch checks its own server before it acts. An error 50001 to 50009 says that this batch changed nothing.",
  ]);
}

function batchOf(gap: LoginGap, { side, serverName }: LoginScriptOf): string | undefined {
  const login = { serverName, ...gap.login };
  const { name } = login;
  const heading = `The login ${name}, for ${usersWords(gap)}.`;
  const batch = (lines: readonly string[], text: string) =>
    `${scriptComments([heading, ...lines])}\n${text}`;
  if (gap.kind === "nowhere" || gap.kind === "disabled") return undefined;
  if (isWindows(gap)) {
    return side === "box"
      ? batch([], createLoginFrom(login, "WINDOWS"))
      : batch(mapAfterwards(gap), createEntraLogin(login));
  }
  const dropped = gap.kind === "otherSid" ? dropFirst(name) : [];
  if (gap.login.type === "S") return batch(dropped, createSqlLogin(login));
  const arc =
    side === "box" ? ["SQL Server 2022 or later, with Microsoft Entra set up (Azure Arc)."] : [];
  return batch([...arc, ...dropped], createLoginFrom(login, "EXTERNAL PROVIDER"));
}

function usersWords({ users }: LoginGap): string {
  return named(users.map(({ database, name }) => `the user ${name} of ${database}`));
}

/** What it owns is nothing that this file can know. */
function dropFirst(name: string): readonly string[] {
  return [
    "A login of that name is there with another SID, and this batch refuses while it is. Look at what it owns and may do,",
    `and end its sessions; then drop it yourself: ${dropLogin(name)}`,
  ];
}

function mapAfterwards({ users }: LoginGap): readonly string[] {
  return [
    "An instance has no Windows logins. After the failover, on the instance, in each database:",
    ...users.map(({ database, name }) => `  ${mapUser(database, name)}`),
  ];
}
