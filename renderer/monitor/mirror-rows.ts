// The mirror table as data: one fact per row, SQL Server left, managed instance right. Pure.
import type { FindingLevel } from "../../shared/checks/finding.ts";
import type { Fact, ReplicaDatabase, Side } from "../../shared/estate/estate.ts";
import { supportOf } from "../../shared/estate/versions.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { LinkPicture, SidePicture } from "./link-picture.ts";
import { lsnRows } from "./lsn-rows.ts";
import type { LsnRow } from "./lsn-rows.ts";
import { azureCell, backupCell, certificateCell, logUseCell } from "./slow-cells.ts";
import type { SlowFacts } from "./slow-facts.ts";
import { clockTime, queue } from "./units.ts";

export interface MirrorCell {
  readonly words: string;
  /** A sign before the words. */
  readonly level?: FindingLevel;
}

export type MirrorRow =
  | {
      readonly kind: "facts";
      readonly label: string;
      readonly box: MirrorCell;
      readonly instance: MirrorCell;
      /** When each side told it, ISO 8601 UTC; absent: with the newest answer of that side. */
      readonly ages?: Ages;
    }
  | LsnRow;

export interface Ages {
  readonly at: Readonly<Record<Side, string | undefined>>;
  /** `rarely`: about once a minute. */
  readonly pace: "often" | "rarely";
}

/** `connections`: how each side is logged in. */
export function mirrorRows(
  picture: LinkPicture,
  connections: readonly ConnectionFacts[],
  slow: SlowFacts,
): readonly MirrorRow[] {
  const row = (label: string, cell: (side: SidePicture) => MirrorCell, ages?: Ages): MirrorRow => ({
    kind: "facts",
    label,
    box: cell(picture.sides.box),
    instance: cell(picture.sides.instance),
    ...(ages === undefined ? {} : { ages }),
  });
  const told: Ages = { at: slow.toldAt, pace: "often" };
  const isOne = picture.databases.length === 1;
  const ofDatabase = (label: string, name: string) =>
    isOne ? label : `${label}, ${visibleText(name)}`;
  return [
    row("version", versionCell, told),
    row("connection", (side) => connectionCell(side, connections)),
    row("connected / health", healthCell),
    row("commit mode", ({ end }) => ({ words: end?.own?.availabilityMode ?? "unknown" })),
    ...picture.databases.flatMap((name) => [
      row(ofDatabase("database", name), (side) => databaseCell(side, name), told),
      row(ofDatabase("synchronization", name), (side) => synchronizationCell(side, name)),
      row(ofDatabase("last commit", name), (side) => lastCommitCell(picture, side, name)),
      ...lsnRows(picture, name),
      row(ofDatabase("queues", name), (side) => queueCell(picture, side, name)),
      row(ofDatabase("log used", name), (side) => logUseCell(slow, side, name), {
        at: { box: slow.logUse.box?.at, instance: slow.logUse.instance?.at },
        pace: "rarely",
      }),
      row(ofDatabase("last backup", name), (side) => backupCell(side, name), told),
    ]),
    row("connection error", connectionErrorCell),
    row("certificate", certificateCell, told),
    row("Azure", ({ side }) => azureCell(slow.azure, side, picture.linkName), {
      at: { box: undefined, instance: slow.azure.kind === "notAsked" ? undefined : slow.azure.at },
      pace: "rarely",
    }),
  ];
}

/** The row that speaks of this side's own copy: the link's own where it is shown. */
export function ownRow(side: SidePicture, database: string): ReplicaDatabase | undefined {
  const local = side.end?.databases.filter((row) => row.isLocal && row.databaseName === database);
  return local?.find((row) => row.groupId === side.end?.group.groupId) ?? local?.[0];
}

/** The primary's row of the other side. */
export function remoteRow(side: SidePicture, database: string): ReplicaDatabase | undefined {
  return side.end?.databases.find(
    (row) =>
      !row.isLocal && row.databaseName === database && row.groupId === side.end?.group.groupId,
  );
}

const unknown: MirrorCell = { words: "unknown" };

function versionCell({ reading }: SidePicture): MirrorCell {
  if (reading === undefined) return unknown;
  const { server } = reading.facts;
  const { versionName, updatePolicy } = supportOf(server);
  const edition = server.edition.replace(/ Edition.*$/u, "");
  const words =
    updatePolicy === null
      ? `${versionName} ${server.productVersion} · ${edition}`
      : `Update policy ${policyWords[updatePolicy]}`;
  return { words: visibleText(words) };
}

const policyWords = {
  SQLServer2022: "SQL Server 2022",
  SQLServer2025: "SQL Server 2025",
  AlwaysUpToDate: "Always-up-to-date",
} as const;

function connectionCell(
  { side, reading }: SidePicture,
  connections: readonly ConnectionFacts[],
): MirrorCell {
  const connection = connections.find((one) => one.side === side);
  const login = reading?.facts.rights.login ?? connection?.login;
  if (login === undefined) return { words: "not connected" };
  const encryption = connection?.encrypted === false ? "not encrypted" : "encrypted";
  return { words: visibleText(connection === undefined ? login : `${login} · ${encryption}`) };
}

/** The remote replica's connection where this side shows it, else its own; the health is its own. */
function healthCell({ end }: SidePicture): MirrorCell {
  const connected = end?.remote?.connectedState ?? end?.own?.connectedState ?? null;
  const health = end?.own?.synchronizationHealth ?? null;
  const isGood = connected === "CONNECTED" && health === "HEALTHY";
  const level = connected === null || health === null ? "unknown" : isGood ? "passed" : "warning";
  return { words: `${connected ?? "unknown"} · ${health ?? "unknown"}`, level };
}

/** The last error of this side's connection to its partner; a connection that never failed shows none. */
function connectionErrorCell({ end }: SidePicture): MirrorCell {
  const replica = end?.remote ?? end?.own;
  if (replica === undefined) return unknown;
  const { lastConnectErrorNumber: number, lastConnectErrorDescription: words } = replica;
  if (number === null || number === 0) return { words: "none" };
  const isNow = replica.connectedState !== "CONNECTED";
  return {
    words: visibleText(words === null ? String(number) : `${String(number)}: ${words}`),
    ...(isNow ? { level: "warning" } : {}),
  };
}

function databaseCell(side: SidePicture, name: string): MirrorCell {
  const row = ownRow(side, name);
  const database = valueOf(side.reading?.facts.databases)?.find((one) => one.name === name);
  const suspended =
    row?.isSuspended === true
      ? `suspended (${row.suspendReason ?? "no reason told"})`
      : row?.isSuspended === false
        ? "not suspended"
        : "suspension unknown";
  const words = [
    database?.state ?? row?.databaseState ?? "unknown",
    database?.updateability ?? "unknown",
    suspended,
  ].join(" · ");
  return row?.isSuspended === true
    ? { words: visibleText(words), level: "warning" }
    : { words: visibleText(words) };
}

function synchronizationCell(side: SidePicture, name: string): MirrorCell {
  const row = ownRow(side, name);
  const words = [row?.synchronizationState ?? "unknown", row?.synchronizationHealth ?? "unknown"];
  return { words: visibleText(words.join(" · ")) };
}

/** The lag is the difference of two times of one clock: the primary's word for its secondary. */
function lastCommitCell(picture: LinkPicture, side: SidePicture, name: string): MirrorCell {
  const time = clockTime(ownRow(side, name)?.lastCommitTime ?? null);
  if (picture.primary === undefined || picture.primary === side.side) return { words: time };
  const lag = remoteRow(picture.sides[picture.primary], name)?.secondaryLagSeconds ?? null;
  return { words: lag === null ? time : `${time} · ${String(lag)} s behind` };
}

/** The primary tells what it has to send, the secondary what it has to redo. */
function queueCell(picture: LinkPicture, side: SidePicture, name: string): MirrorCell {
  if (picture.primary === side.side) {
    const row = remoteRow(side, name);
    return {
      words: queue("send", row?.logSendQueueKb ?? null, row?.logSendRateKbPerSecond ?? null),
    };
  }
  const row = ownRow(side, name);
  return { words: queue("redo", row?.redoQueueKb ?? null, row?.redoRateKbPerSecond ?? null) };
}

function valueOf<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.kind === "seen" ? fact.value : undefined;
}
