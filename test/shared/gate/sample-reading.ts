// Readings of the gate for tests: a caught-up link, with whatever is to be different.
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import type { GateSettings } from "../../../shared/choices/choices.ts";
import type { WritingSession } from "../../../shared/estate/estate.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import type { GateQuestion } from "../../../shared/gate/question.ts";
import type {
  DatabaseGateReading,
  GateReading,
  OwnPosition,
} from "../../../shared/gate/reading.ts";

export const question: GateQuestion = {
  linkName: "LINK_Adatum",
  databases: ["Adatum"],
  primary: "box",
  serverNames: { box: "SQLBOX01", instance: "sqlmi1.zone.database.windows.net" },
};

export const commitLsn = "1000000000000000000000003";

export function position(changes: Partial<OwnPosition> = {}): OwnPosition {
  return {
    lastCommitLsn: commitLsn,
    endOfLogLsn: "1000000000000000000000001",
    lastHardenedLsn: null,
    isSuspended: false,
    logSendQueueKb: null,
    redoQueueKb: null,
    ...changes,
  };
}

export interface DatabaseChanges {
  readonly database?: string;
  readonly primary?: Partial<OwnPosition> | "noRow";
  readonly secondary?: Partial<OwnPosition> | "noRow";
  readonly remote?: Partial<DatabaseGateReading["remote"]>;
}

export function database(changes: DatabaseChanges = {}): DatabaseGateReading {
  const side = (
    change: Partial<OwnPosition> | "noRow" | undefined,
    own: Partial<OwnPosition>,
  ): OwnPosition | "noRow" => (change === "noRow" ? change : position({ ...own, ...change }));
  return {
    database: changes.database ?? "Adatum",
    primary: side(changes.primary, {}),
    secondary: side(changes.secondary, {
      lastHardenedLsn: "1000000000000000000000001",
      logSendQueueKb: 0,
      redoQueueKb: 0,
    }),
    remote: {
      connectedState: "CONNECTED",
      isSuspended: false,
      logSendQueueKb: 0,
      redoQueueKb: 0,
      ...changes.remote,
    },
  };
}

/** A reading `seconds` after the start of the test's time. */
export function reading(seconds: number, changes: Partial<GateReading> = {}): GateReading {
  return {
    atMs: 1_000_000 + seconds * 1000,
    spreadMs: 20,
    unread: [],
    roles: {
      box: { serverName: question.serverNames.box, role: "PRIMARY", isLocalPrimary: true },
      instance: {
        serverName: question.serverNames.instance,
        role: "SECONDARY",
        isLocalPrimary: null,
      },
    },
    databases: [database()],
    writers: { kind: "seen", value: [] },
    ...changes,
  };
}

export function writer(changes: Partial<WritingSession> = {}): WritingSession {
  return {
    databaseName: "Adatum",
    transactionId: "4711",
    origin: "user",
    session: {
      sessionId: 61,
      login: "adatum_web",
      host: "WEB01",
      program: "Adatum Orders",
      loginTime: "2026-11-21T10:00:00.000",
      hostProcessId: 4000,
    },
    since: "2026-11-21T10:00:05.000",
    logBytes: 512,
    ...changes,
  };
}

/** One reading per second, each made by `make` from its second; every state on the way. */
export function watch(
  seconds: number,
  make: (second: number) => Partial<GateReading>,
  settings: Partial<GateSettings> = {},
  from?: { readonly second: number; readonly state: GateState },
): readonly GateState[] {
  const states: GateState[] = [];
  const first = from === undefined ? 0 : from.second + 1;
  for (let second = first; second <= first + seconds; second += 1) {
    const { databases, ...others } = make(second);
    const previous = states.at(-1) ?? from?.state;
    const next = reading(second, { ...others, ...(databases === undefined ? {} : { databases }) });
    states.push(gateAfter(previous, next, { ...defaultGateSettings, ...settings }, question));
  }
  return states;
}

/** The second of the first open verdict; undefined when none was. */
export function openedAt(states: readonly GateState[]): number | undefined {
  const open = states.find((state) => state.verdict.kind === "open");
  return open === undefined ? undefined : (open.last.atMs - 1_000_000) / 1000;
}

export function last(states: readonly GateState[]): GateState {
  const state = states.at(-1);
  if (state === undefined) throw new Error("no state");
  return state;
}
