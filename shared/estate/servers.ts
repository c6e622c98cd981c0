// Everything that was read of the connected servers, and the estate of any two of them. Contract.
import type { AzureFact } from "./azure-fact.ts";
import type { Estate, Side, SideReading } from "./estate.ts";
import { notConnected, unnamed } from "./not-connected.ts";
import type { Pair } from "./pair.ts";

export interface ServerRead {
  readonly connectionId: string;
  /** As the server called itself when it was connected to. */
  readonly serverName: string;
  readonly reading: SideReading;
  /** What Azure tells of an instance that answers; absent where it was not asked. */
  readonly azure?: AzureFact;
}

export interface ServersRead {
  /** When the last of them had answered, this tool's clock, ISO 8601 UTC. */
  readonly at: string;
  /** SQL Servers first, each side in the order in which they were connected. */
  readonly servers: readonly ServerRead[];
}

/** The two of that pair, as every room reads them; a side without a connection is unreachable, and says so. */
export function estateOf({ at, servers }: ServersRead, pair: Pair): Estate {
  const of = (side: Side): ServerRead | undefined =>
    servers.find((one) => one.connectionId === pair[side] && one.reading.side === side);
  const readingOf = (side: Side): SideReading =>
    of(side)?.reading ?? {
      kind: "unreachable",
      side,
      address: unnamed[side],
      at,
      problem: notConnected(side),
    };
  const azure = of("instance")?.azure;
  return {
    box: readingOf("box"),
    instance: readingOf("instance"),
    ...(azure === undefined ? {} : { azure }),
  };
}

/** Of two readings of the servers each server as it was read last; which servers there are says the later one. */
export function newestOf(one: ServersRead, other: ServersRead): ServersRead {
  const [earlier, later] = one.at > other.at ? [other, one] : [one, other];
  const servers = later.servers.map((server) => {
    const before = earlier.servers.find(({ connectionId }) => connectionId === server.connectionId);
    return before !== undefined && before.reading.at > server.reading.at ? before : server;
  });
  return servers.every((server, index) => server === later.servers[index])
    ? later
    : { ...later, servers };
}
