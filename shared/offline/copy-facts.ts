// What a side shows of its copy of the database: its state, its group, its last write and its last backup. Pure.
import type { Side } from "../estate/estate.ts";
import { nameOf } from "../estate/name-of.ts";
import { visibleText } from "../visible-text.ts";
import type { OfflineInput } from "./input.ts";

type Asked = Pick<OfflineInput, "estate" | "database">;

export interface CopyFacts {
  /** state_desc. */
  readonly state: string;
  readonly updateability: string | null;
  /** The local availability group that it is in; undefined: in none. */
  readonly group: string | undefined;
  /** In the server's own zone; undefined: not told. */
  readonly lastWrite: string | undefined;
  readonly lastBackup: string | undefined;
}

/** Undefined: that side shows no such database. */
export function copyFacts(input: Asked, side: Side): CopyFacts | undefined {
  const reading = input.estate[side];
  const own = databaseOn(input, side);
  if (reading.kind !== "seen" || own === undefined) return undefined;
  const { replicaDatabases, backups } = reading.facts;
  const rows = replicaDatabases.kind === "seen" ? replicaDatabases.value : [];
  const written = rows.find(
    (row) => row.databaseName === own.name && row.isLocal && row.lastCommitTime !== null,
  )?.lastCommitTime;
  return {
    state: own.state,
    updateability: own.updateability,
    group: groupOf(input, side),
    lastWrite: written === undefined || written === null ? undefined : clock(written),
    lastBackup: (backups.kind === "seen" ? backups.value : [])
      .filter(({ databaseName }) => databaseName === own.name)
      .map(({ finishedAt }) => clock(finishedAt))
      .sort()
      .at(-1),
  };
}

/** To the second, in the server's own zone. */
function clock(told: string): string {
  return told.slice(0, 19).replace("T", " ");
}

/** SQL Server's copy in one sentence, before anybody gives it up. */
export function oldCopyWords(input: Asked): string {
  const copy = copyFacts(input, "box");
  if (copy === undefined) return "There is no old copy of it.";
  const { state, group, lastWrite = "not told", lastBackup = "not told" } = copy;
  return `The old copy on ${nameOf(input.estate.box)} is ${state}, ${group === undefined ? "in no availability group" : `in the availability group ${visibleText(group)}`}; last write ${lastWrite}, last backup ${lastBackup}.`;
}

export function groupOf({ estate, database }: Asked, side: Side): string | undefined {
  const reading = estate[side];
  if (reading.kind !== "seen") return undefined;
  const { groups, replicaDatabases, databases } = reading.facts;
  const own = databases.kind === "seen" && databases.value.find(({ name }) => name === database);
  if (groups.kind !== "seen" || replicaDatabases.kind !== "seen" || own === false) return undefined;
  if (own?.isInAvailabilityGroup !== true) return undefined;
  const ids = replicaDatabases.value
    .filter((row) => row.databaseName === database)
    .map(({ groupId }) => groupId);
  const local = groups.value.filter(({ isDistributed }) => !isDistributed);
  return (local.find(({ groupId }) => ids.includes(groupId)) ?? local[0])?.name ?? "not told";
}

/** As SQL Server compares names. */
export function databaseOn({ estate, database }: Asked, side: Side) {
  const reading = estate[side];
  if (reading.kind !== "seen" || reading.facts.databases.kind !== "seen") return undefined;
  return reading.facts.databases.value.find(
    (one) => one.name.toLowerCase() === database.toLowerCase(),
  );
}
