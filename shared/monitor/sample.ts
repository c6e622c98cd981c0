// One moment of a link as numbers: queues, rates, and how far behind by the times of the last commits. Pure.
import type { ReplicaDatabase } from "../estate/estate.ts";
import type { SeenLinkEnd } from "../estate/link.ts";
import { countedRows, ownPosition } from "../gate/own-position.ts";
import { compareLsn, isKnownLsn } from "../sql/lsn.ts";

/** Sums over the link's databases, the lag of the latest one; null = not known, of one database is enough. */
export interface Sample {
  /** When the newer of the two answers came, ms since 1970. */
  readonly atMs: number;
  readonly lagMs: number | null;
  readonly lagUnknown: LagUnknown | null;
  /** The secondary held every commit that the primary had told of by then; null: it did not, or nobody knows. */
  readonly levelAtMs: number | null;
  readonly sendQueueKb: number | null;
  readonly redoQueueKb: number | null;
  readonly sendRateKbPerSecond: number | null;
  readonly redoRateKbPerSecond: number | null;
}

/** Why nobody can say how far behind the secondary is. */
export type LagUnknown =
  | "noPrimary"
  | "primarySilent"
  | "secondarySilent"
  /** The two answers came too far apart to be compared. */
  | "apart"
  /** A side shows no time of a last commit. */
  | "notTold"
  /** The secondary's last commit is later than the primary's: times of two clocks. */
  | "twoClocks";

/** A side that answered: when, and what it said of the link. */
export interface SampledEnd {
  readonly atMs: number;
  readonly end: SeenLinkEnd;
}

export interface SampledLink {
  readonly databases: readonly string[];
  readonly hasPrimary: boolean;
  /** Undefined while that side does not answer. */
  readonly primary: SampledEnd | undefined;
  readonly secondary: SampledEnd | undefined;
}

/** Answers further apart are not compared (design, *Ready to fail over*). */
export const apartMs = 2_000;

/**
 * `levelAtMs`: when the secondary was last seen to hold everything. What it lacks was committed after that, so it is never
 * further behind: after an idle hour the first commit makes no lag of an hour. Nor does a role change, after which
 * the two last commits may have been written by two clocks.
 */
export function sampleOf(link: SampledLink, levelAtMs: number | null): Sample {
  const lag = lagOf(link, levelAtMs);
  const atMs = Math.max(link.primary?.atMs ?? 0, link.secondary?.atMs ?? 0);
  const [primary, secondary] = [notOld(link.primary, atMs), notOld(link.secondary, atMs)];
  const send = primary === undefined ? [] : link.databases.map((name) => remoteRow(primary, name));
  const redo = secondary === undefined ? [] : link.databases.map((name) => ownRow(secondary, name));
  return {
    atMs,
    ...lag,
    levelAtMs: lag.lagMs === 0 ? (primary?.atMs ?? null) : null,
    sendQueueKb: sum(send.map((row) => row?.logSendQueueKb)),
    redoQueueKb: sum(redo.map((row) => row?.redoQueueKb)),
    sendRateKbPerSecond: sum(send.map((row) => row?.logSendRateKbPerSecond)),
    redoRateKbPerSecond: sum(redo.map((row) => row?.redoRateKbPerSecond)),
  };
}

/** What a side said before the other one's newest answer is not said of now. */
function notOld(end: SampledEnd | undefined, nowMs: number): SampledEnd | undefined {
  return end !== undefined && nowMs - end.atMs <= apartMs ? end : undefined;
}

type Lag = Pick<Sample, "lagMs" | "lagUnknown">;

function lagOf(link: SampledLink, levelAtMs: number | null): Lag {
  const { primary, secondary } = link;
  if (!link.hasPrimary) return unknown("noPrimary");
  if (primary === undefined) return unknown("primarySilent");
  if (secondary === undefined) return unknown("secondarySilent");
  if (Math.abs(primary.atMs - secondary.atMs) > apartMs) return unknown("apart");
  const lags = link.databases.map((name) => lagOfDatabase(primary, secondary, name));
  const why = lags.find(({ lagUnknown }) => lagUnknown !== null)?.lagUnknown ?? null;
  if (why !== null || lags.length === 0) return unknown(why ?? "notTold");
  const atMost = levelAtMs === null ? Infinity : Math.max(0, primary.atMs - levelAtMs);
  const latest = Math.max(...lags.map(({ lagMs }) => lagMs ?? 0));
  return { lagMs: Math.min(latest, atMost), lagUnknown: null };
}

/** The same position is level, whatever the clocks say; behind it the two times of commit tell by how much. */
function lagOfDatabase(primary: SampledEnd, secondary: SampledEnd, name: string): Lag {
  const own = commitOf(primary, name, "primary");
  const other = commitOf(secondary, name, "secondary");
  if (own.lsn !== null && other.lsn !== null && compareLsn(other.lsn, own.lsn) >= 0) {
    return { lagMs: 0, lagUnknown: null };
  }
  if (own.ms === null || other.ms === null) return unknown("notTold");
  return own.ms < other.ms ? unknown("twoClocks") : { lagMs: own.ms - other.ms, lagUnknown: null };
}

function unknown(lagUnknown: LagUnknown): Lag {
  return { lagMs: null, lagUnknown };
}

interface LastCommit {
  readonly lsn: string | null;
  /** By the clock of the server that committed it; a difference alone means anything. */
  readonly ms: number | null;
}

/** The highest of several rows on the primary and the lowest on the secondary, as the gate counts them. */
function commitOf({ end }: SampledEnd, name: string, as: "primary" | "secondary"): LastCommit {
  const rows = end.databases.filter(({ databaseName }) => databaseName === name);
  const { groupId } = end.group;
  const position = ownPosition(rows, groupId, as);
  const lsn = position === "noRow" ? null : position.lastCommitLsn;
  const times = countedRows(rows, groupId).flatMap((row) => timeOf(row.lastCommitTime) ?? []);
  const ms = as === "primary" ? Math.max(...times) : Math.min(...times);
  return { lsn: isKnownLsn(lsn) ? lsn : null, ms: times.length === 0 ? null : ms };
}

/** NULL and 1900-01-01 are no times. The zone is left out on both sides alike. */
function timeOf(datetime: string | null): number | undefined {
  if (datetime === null || datetime.startsWith("1900-01-01")) return undefined;
  const ms = Date.parse(`${datetime.slice(0, 23).replace(" ", "T")}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

function ownRow({ end }: SampledEnd, name: string): ReplicaDatabase | undefined {
  const rows = end.databases.filter(({ databaseName }) => databaseName === name);
  return countedRows(rows, end.group.groupId)[0];
}

/** The primary's row of the other side. */
function remoteRow({ end }: SampledEnd, name: string): ReplicaDatabase | undefined {
  return end.databases.find(
    (row) => !row.isLocal && row.databaseName === name && row.groupId === end.group.groupId,
  );
}

/** Null where one is not known, or there is none. */
function sum(values: readonly (number | null | undefined)[]): number | null {
  if (values.length === 0) return null;
  let total = 0;
  for (const value of values) {
    if (value === null || value === undefined) return null;
    total += value;
  }
  return total;
}
