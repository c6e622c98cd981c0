// The mirror table as data: one fact per row, SQL Server left, managed instance right. Pure.
import type { FindingLevel } from "../../shared/checks/finding.ts";
import type { Fact, ReplicaDatabase } from "../../shared/estate/estate.ts";
import { supportOf } from "../../shared/estate/versions.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ageText } from "../ui/age-text.ts";
import type { LinkPicture, SidePicture } from "./link-picture.ts";
import { lsnRows } from "./lsn-rows.ts";
import type { LsnRow } from "./lsn-rows.ts";
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
    }
  | LsnRow;

/** `connections`: how each side is logged in. */
export function mirrorRows(
  picture: LinkPicture,
  connections: readonly ConnectionFacts[],
): readonly MirrorRow[] {
  const row = (label: string, cell: (side: SidePicture) => MirrorCell): MirrorRow => ({
    kind: "facts",
    label,
    box: cell(picture.sides.box),
    instance: cell(picture.sides.instance),
  });
  const isOne = picture.databases.length === 1;
  const ofDatabase = (label: string, name: string) =>
    isOne ? label : `${label}, ${visibleText(name)}`;
  return [
    row("version", versionCell),
    row("connection", (side) => connectionCell(side, connections)),
    row("connected / health", healthCell),
    row("commit mode", ({ end }) => ({ words: end?.own?.availabilityMode ?? "unknown" })),
    ...picture.databases.flatMap((name) => [
      row(ofDatabase("database", name), (side) => databaseCell(side, name)),
      row(ofDatabase("synchronization", name), (side) => synchronizationCell(side, name)),
      row(ofDatabase("last commit", name), (side) => lastCommitCell(picture, side, name)),
      ...lsnRows(picture, name),
      row(ofDatabase("queues", name), (side) => queueCell(picture, side, name)),
      row(ofDatabase("last backup", name), (side) => backupCell(side, name)),
    ]),
    row("certificate", certificateCell),
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

function backupCell({ side, reading }: SidePicture, name: string): MirrorCell {
  if (side === "instance") return { words: "made by Azure" };
  const backups = valueOf(reading?.facts.backups);
  if (backups === undefined) return unknown;
  const own = backups.filter((one) => one.databaseName === name);
  const words = (["L", "D"] as const).flatMap((type) => {
    const last = own.find((one) => one.type === type);
    const kind = type === "L" ? "log" : "full";
    return last === undefined ? [] : [`${kind} ${ageText(last.ageSeconds * 1000)} ago`];
  });
  return { words: words.length === 0 ? "none seen" : words.join(" · ") };
}

const certificateWarningDays = 30;

function certificateCell({ reading }: SidePicture): MirrorCell {
  const certificates = valueOf(reading?.facts.certificates)?.filter(
    (one) => one.use === "endpoint",
  );
  const first = certificates?.toSorted((one, other) => one.daysLeft - other.daysLeft)[0];
  if (first === undefined) return unknown;
  const words = `until ${first.expiryDate.slice(0, 10)}, ${String(first.daysLeft)} days left`;
  return first.daysLeft < certificateWarningDays ? { words, level: "warning" } : { words };
}

function valueOf<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.kind === "seen" ? fact.value : undefined;
}
