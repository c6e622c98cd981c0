// Reads every connected server, all at once, each with what Azure tells of it.
import type { ServerRead, ServersRead } from "../../shared/estate/servers.ts";
import type { Clock } from "../run/clock.ts";
import type { SqlSession } from "../sql/session.ts";
import type { AzureSource } from "./read.ts";
import { isoTime, readSide } from "./read.ts";

/** A connected server. */
export interface ServerSource {
  readonly connectionId: string;
  readonly serverName: string;
  readonly session: SqlSession;
}

/**
 * No server waits for another one, and Azure is asked of an instance as soon as that one has answered. Only an abort rejects.
 * `readOne` may be a more patient or less patient reader of one server.
 */
export async function readServers(
  { servers, azure }: { readonly servers: readonly ServerSource[]; readonly azure: AzureSource },
  clock: Clock,
  signal?: AbortSignal,
  readOne: typeof readSide = readSide,
): Promise<ServersRead> {
  const read = async (source: ServerSource): Promise<ServerRead> => {
    const { connectionId, serverName, session } = source;
    const reading = await readOne(session, clock, signal);
    const isAsked = reading.side === "instance" && reading.kind === "seen";
    // On a managed instance SERVERPROPERTY('ServerName') is its whole address, however it is connected to.
    const told = isAsked ? { azure: await azure(reading.facts.server.serverName, signal) } : {};
    return { connectionId, serverName, reading, ...told };
  };
  const all = await Promise.all(servers.map(read));
  return { at: isoTime(clock), servers: all };
}
