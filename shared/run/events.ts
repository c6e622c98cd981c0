// Everything that can happen in a run, in the order of the journal; screen, journal and report fold the same events. Contract.
import type { Finding } from "../checks/finding.ts";
import type { Problem } from "../errors/app-error.ts";
import type { AvailabilityMode, Role, Side } from "../estate/estate.ts";
import type { AzureRequest } from "../plan/azure-request.ts";
import type { Plan } from "../plan/plan.ts";
import type { OperationState } from "./azure-operation.ts";
import type { MigrationSeen } from "./migration-seen.ts";

/** `unknown`: begun, and what became of it could not be seen yet. */
export type StepOutcome = "succeeded" | "warning" | "failed" | "unknown" | "skipped" | "stopped";
export type RunOutcome = "succeeded" | "warning" | "failed" | "stopped" | "unknown" | "notReady";

/** What one server said when it was looked at, in words, with its age implied by the event's time. */
export interface Seen {
  readonly where: Side | "both" | "azure";
  readonly what: string;
}

/** What the gate said at that moment; only on the events of a waitForGate step. */
export interface GateSeen {
  readonly verdict: "open" | "shut";
  /** How it opened; absent while it is shut. */
  readonly by?: "commitLsn" | "fallback" | "tick";
  /** The gate's own sentence. */
  readonly sentence: string;
  /** Since when it has held without a break, ISO 8601 UTC; null while it does not. */
  readonly heldSince: string | null;
  /** The log positions of that reading, one entry for each database. */
  readonly positions: readonly SeenPositions[];
}

/** Each side's own position of one database: LSNs as digits, null where it is not known. */
export interface SeenPositions {
  readonly database: string;
  readonly primary: SeenPosition;
  readonly secondary: SeenPosition;
}

export interface SeenPosition {
  readonly lastCommitLsn: string | null;
  readonly endOfLogLsn: string | null;
  readonly lastHardenedLsn: string | null;
}

/** One side when it was read back; `unreadable` says why. */
export type SideReadBack =
  | { readonly kind: "unreadable"; readonly because: string }
  | {
      readonly kind: "seen";
      readonly serverName: string;
      readonly serverTime: string;
      readonly role: Role | null;
      readonly synchronizationHealth: string | null;
      readonly databases: readonly DatabaseReadBack[];
      /** AVAILABILITY_MODE of the link's replicas by their names, as this side tells it. */
      readonly commitModes?: Readonly<Record<string, AvailabilityMode>>;
    }
  /** It answered, and said that it has no such link. */
  | {
      readonly kind: "withoutLink";
      readonly serverName: string;
      readonly serverTime: string;
      readonly databases: readonly DatabaseReadBack[];
      /** Every availability group it shows; null where they may not be seen. */
      readonly groupNames: readonly string[] | null;
    };

/** One copy; null where the server shows no row or no value. */
export interface DatabaseReadBack {
  readonly name: string;
  /** `ONLINE`, `RESTORING`. */
  readonly state?: string | null;
  readonly updateability: string | null;
  readonly synchronizationState: string | null;
}

/** The link's resource when Azure was asked; `gone`: it answered 404. */
export type AzureReadBack =
  | { readonly kind: "unreadable"; readonly because: string }
  | { readonly kind: "gone" }
  | { readonly kind: "seen"; readonly replicationMode: string | null };

interface Stamp {
  /** 1, 2, 3, ... without gaps. */
  readonly sequence: number;
  /** This tool's clock, ISO 8601 UTC. */
  readonly at: string;
}

export type RunEvent = Stamp & RunEventBody;

export type RunEventBody =
  | {
      readonly kind: "runStarted";
      readonly runId: string;
      readonly plan: Plan;
      readonly planHash: string;
      readonly operator: string;
      readonly toolHost: string;
      /** Process that owns this journal: a live one is never taken over. */
      readonly processId: number;
      readonly toolVersion: string;
      /** The login used on each side. */
      readonly logins: Readonly<Record<Side, string>>;
      readonly findings: readonly Finding[];
      /** SYSDATETIMEOFFSET() of each server as text, read at the start: tells its zone to the report. */
      readonly serverTimes?: Readonly<Partial<Record<Side, string>>>;
    }
  | { readonly kind: "lockTaken"; readonly side: Side }
  | { readonly kind: "lockNotTaken"; readonly side: Side; readonly because: string }
  | { readonly kind: "lockLost"; readonly side: Side; readonly because: string }
  | {
      readonly kind: "stepBegan";
      readonly stepId: string;
      readonly statement?: string;
      /** What is asked of Azure. */
      readonly request?: AzureRequest;
      /** The connection that will carry the statement, opened before this event is flushed: a later start looks whether it still runs. */
      readonly connection?: {
        readonly side: Side;
        readonly sessionId: number;
        readonly loginTime: string;
      };
    }
  /** Azure took the request and works on it: kept before anything waits, so that a later start can ask how it ended. */
  | {
      readonly kind: "operationAccepted";
      readonly stepId: string;
      readonly operation: OperationState;
    }
  /** A step that was done is taken back: the run ends before its point of no return. */
  | {
      readonly kind: "undoBegan";
      readonly stepId: string;
      readonly statement?: string;
      readonly request?: AzureRequest;
    }
  | {
      readonly kind: "undoEnded";
      readonly stepId: string;
      readonly outcome: "succeeded" | "failed" | "unknown";
      readonly summary: string;
    }
  /** The engine or Azure answered with an error; both sides are read before anything is concluded. */
  | { readonly kind: "statementFailed"; readonly stepId: string; readonly problem: Problem }
  /** What both sides said when the step's end was looked at, as data: the only source of "proved". */
  | {
      readonly kind: "readBack";
      readonly stepId: string;
      readonly sides: Readonly<Record<Side, SideReadBack>>;
      /** Absent where Azure was not asked. */
      readonly azure?: AzureReadBack;
    }
  /** The statement, or Azure's operation, ended without error: the only proof that the engine or Azure says so itself. */
  | { readonly kind: "statementReturned"; readonly stepId: string; readonly elapsedMs: number }
  | { readonly kind: "answerLost"; readonly stepId: string; readonly problem: Problem }
  | {
      readonly kind: "stepProgress";
      readonly stepId: string;
      readonly seen: readonly Seen[];
      readonly elapsedMs: number;
      readonly gate?: GateSeen;
    }
  | {
      readonly kind: "stepEnded";
      readonly stepId: string;
      readonly outcome: StepOutcome;
      readonly summary: string;
      readonly seen: readonly Seen[];
      readonly elapsedMs: number;
      readonly problem?: Problem;
      readonly gate?: GateSeen;
      /** Only of a checkMigration step. */
      readonly migration?: MigrationSeen;
    }
  /** `windowClosed`: nobody looks at the run any more, so a later start tells how it ended. */
  | { readonly kind: "stopRequested"; readonly because?: "windowClosed" }
  /** Written by a later start that found this journal without an end and looked at both sides. */
  | {
      readonly kind: "lookedAt";
      readonly stepId: string | null;
      readonly conclusion: "happened" | "didNotHappen" | "stillRunning" | "cannotSay";
      readonly summary: string;
      readonly seen: readonly Seen[];
    }
  | { readonly kind: "runEnded"; readonly outcome: RunOutcome; readonly summary: string };
