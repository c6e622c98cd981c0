// Makes one reading of the gate from what both sides answered.
import type { Problem } from "../errors/app-error.ts";
import type { AvailabilityGroup, ReplicaDatabase, Side, WritingSession } from "../estate/estate.ts";
import type { SeenLinkEnd } from "../estate/link.ts";
import { seenLinkEnd } from "../estate/seen-link-end.ts";
import { anyTrue, highest, ownPosition } from "./own-position.ts";
import type { GateQuestion } from "./question.ts";
import { secondaryOf } from "./question.ts";
import type { DatabaseGateReading, GateReading } from "./reading.ts";

/** One side's answer. `atMs`: this tool's clock when it was in, ms since 1970. */
export type GateAnswer =
  | { readonly kind: "unread"; readonly atMs: number; readonly problem: Problem }
  | {
      readonly kind: "read";
      readonly atMs: number;
      readonly serverName: string;
      readonly groups: readonly AvailabilityGroup[];
      readonly replicaDatabases: readonly ReplicaDatabase[];
      readonly writers: readonly WritingSession[];
    };

/** The reading: own positions by *Own row*, the remote rows and the writers of the side that must be primary. */
export function toGateReading(
  answers: Readonly<Record<Side, GateAnswer>>,
  question: GateQuestion,
): GateReading {
  const { box, instance } = answers;
  const sides = {
    box: sideOf("box", box, question),
    instance: sideOf("instance", instance, question),
  };
  const primary = sides[question.primary];
  const secondary = sides[secondaryOf(question.primary)];
  return {
    atMs: Math.max(box.atMs, instance.atMs),
    spreadMs: Math.abs(box.atMs - instance.atMs),
    unread: (["box", "instance"] as const).flatMap((side) => {
      const answer = answers[side];
      return answer.kind === "unread" ? [{ side, problem: answer.problem }] : [];
    }),
    roles: { box: roleOf(sides.box), instance: roleOf(sides.instance) },
    databases: question.databases.map((database) => ({
      database,
      primary: ownPosition(rowsOf(primary, database), primary?.end?.group.groupId, "primary"),
      secondary: ownPosition(
        rowsOf(secondary, database),
        secondary?.end?.group.groupId,
        "secondary",
      ),
      remote: remoteOf(primary, database),
    })),
    writers: writersOf(answers[question.primary], question),
  };
}

/** What a side that was read says of the link; `end` is undefined where it shows no such link. */
type SideAnswer =
  | {
      readonly serverName: string;
      readonly rows: readonly ReplicaDatabase[];
      readonly end: SeenLinkEnd | undefined;
    }
  | undefined;

function sideOf(side: Side, answer: GateAnswer, question: GateQuestion): SideAnswer {
  if (answer.kind === "unread") return undefined;
  const group = answer.groups.find((one) => one.isDistributed && one.name === question.linkName);
  return {
    serverName: answer.serverName,
    rows: answer.replicaDatabases,
    end: group === undefined ? undefined : seenLinkEnd(side, group, answer),
  };
}

function roleOf(side: SideAnswer): GateReading["roles"][Side] {
  if (side === undefined) return null;
  return {
    serverName: side.serverName,
    role: side.end?.role ?? null,
    isLocalPrimary: side.end?.isLocalPrimary ?? null,
  };
}

function rowsOf(side: SideAnswer, database: string): readonly ReplicaDatabase[] {
  return side?.rows.filter((row) => row.databaseName === database) ?? [];
}

/** Of several remote rows the worst counts. */
function remoteOf(primary: SideAnswer, database: string): DatabaseGateReading["remote"] {
  const groupId = primary?.end?.group.groupId;
  const rows = rowsOf(primary, database).filter((row) => !row.isLocal && row.groupId === groupId);
  return {
    connectedState: primary?.end?.remote?.connectedState ?? null,
    isSuspended: anyTrue(rows.map((row) => row.isSuspended)),
    logSendQueueKb: highest(rows.map((row) => row.logSendQueueKb)),
    redoQueueKb: highest(rows.map((row) => row.redoQueueKb)),
  };
}

function writersOf(answer: GateAnswer, question: GateQuestion): GateReading["writers"] {
  if (answer.kind === "unread") return { kind: "failed", problem: answer.problem };
  const ours = question.ownSessionIds ?? [];
  const value = answer.writers.filter(
    ({ databaseName, session }) =>
      question.databases.includes(databaseName) &&
      !(session !== undefined && ours.includes(session.sessionId)),
  );
  return { kind: "seen", value };
}
