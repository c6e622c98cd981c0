// Where the sessions of a list are: what ending one, and the scripts beside it, have to know.
import type { WritingSession } from "../../shared/estate/estate.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import type { ScriptPlace } from "../../shared/sessions/scripts.ts";

export interface SessionPlace extends ScriptPlace {
  /** Null where that server is not connected: nothing can be ended there. */
  readonly connectionId: string | null;
  /** group_id of the link there; undefined where it is not seen. */
  readonly groupId: string | undefined;
}

/** Which server it is. One that is not connected counts as production: nothing is taken lightly there. */
export function serverPlace(
  connections: readonly ConnectionFacts[],
  pair: Pair,
  side: Side,
): Pick<SessionPlace, "connectionId" | "environment" | "side"> {
  const found = connections.find(({ connectionId }) => connectionId === pair[side]);
  const environment = found?.environment ?? "production";
  return { side, connectionId: found?.connectionId ?? null, environment };
}

/** The logins of the sessions, each once. */
export function loginsOf(sessions: readonly WritingSession[]): readonly string[] {
  const logins = sessions.flatMap(({ session }) => (session === undefined ? [] : [session.login]));
  return [...new Set(logins)].filter((login) => login !== "").toSorted();
}
