// Which two of the connected servers are meant: everything that reads or plans about a link names them. Contract.
import { z } from "zod";
import type { Environment } from "../plan/plan.ts";
import type { Side } from "./estate.ts";

/** Connections of both sides; null where that side is not connected. */
export type Pair = Readonly<Record<Side, string | null>>;

/** A link in the window. Two servers may share a link's name with others: with another pair it is another link. */
export interface LinkRef {
  readonly pair: Pair;
  readonly linkName: string;
}

const connectionId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .nullable();

/** Nothing that the window says is believed before it has the shape of a pair. */
export const pairInput = z.strictObject({ box: connectionId, instance: connectionId });

export function isSamePair(one: Pair, other: Pair): boolean {
  return one.box === other.box && one.instance === other.instance;
}

export function isSameLink(one: LinkRef, other: LinkRef): boolean {
  return one.linkName === other.linkName && isSamePair(one.pair, other.pair);
}

/** The server of that connection, and nobody on the other side. */
export function pairAlone(side: Side, connection: string): Pair {
  return { ...noPair, [side]: connection };
}

export const noPair: Pair = { box: null, instance: null };

interface KnownServer {
  readonly connectionId: string;
  readonly side: Side;
  readonly serverName: string;
  readonly address: string;
  readonly environment: Environment;
}

/** What a plan says of the two servers that it is for. */
type PlannedServers = Readonly<
  Record<Side, { readonly serverName: string; readonly address: string }>
> & { readonly environment: Environment };

/** The connections to the servers of a plan; null for one that is not connected, or connected as of another environment. */
export function pairOfPlan(connections: readonly KnownServer[], plan: PlannedServers): Pair {
  const of = (side: Side): string | null => {
    const own = connections.filter(
      (one) => one.side === side && one.environment === plan.environment,
    );
    const { serverName, address } = plan[side];
    const found =
      own.find((one) => one.address === address && one.serverName === serverName) ??
      own.find((one) => one.serverName === serverName || one.address === address);
    return found?.connectionId ?? null;
  };
  return { box: of("box"), instance: of("instance") };
}
