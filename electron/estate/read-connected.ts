// Reads which user sessions are in some databases of one side. Reads only, when somebody asks for it.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Connected } from "../../shared/sessions/connected.ts";
import { readGuarded } from "./guarded.ts";
import { connectedOf } from "./queries/connected.ts";
import { onlyRow } from "./queries/query.ts";
import { serverQuery } from "./queries/server.ts";
import type { SideSource } from "./read.ts";

/** A side that cannot be read says why. Throws only when `signal` aborts. */
export async function readConnected(
  source: SideSource,
  databases: readonly string[],
  signal?: AbortSignal,
): Promise<Connected> {
  const unreadable = (because: string): Connected => ({ kind: "unreadable", because });
  if ("unreachable" in source) return unreadable(source.unreachable.summary);
  try {
    const queries = [serverQuery, connectedOf(databases)] as const;
    const read = await readGuarded(source, queries, ["serverState"], signal);
    if (read.kind === "failed") return unreadable(read.problem.summary);
    if (read.kind === "notAllowed") {
      return unreadable(`The login has no ${read.permission} on ${source.address}.`);
    }
    const [serverRows, sessions] = read.value;
    const { serverName, serverTime } = onlyRow(serverRows, source, serverQuery.name);
    return {
      kind: "seen",
      serverName,
      serverTime,
      databases,
      sessions,
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return unreadable(error.problem.summary);
  }
}
