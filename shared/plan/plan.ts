// The plan: one plain value that screen, executor and script read. Contract. No clock, no chance, no functions, no secrets.
import type { GateSettings } from "../choices/choices.ts";
import type { Role, Side } from "../estate/estate.ts";

export type Environment = "practice" | "test" | "production";

export interface Plan {
  readonly formatVersion: 1;
  readonly kind: "plannedFailover";
  readonly environment: Environment;
  readonly link: PlannedLink;
  readonly box: PlannedServer;
  readonly instance: PlannedServer;
  readonly from: Side;
  readonly to: Side;
  /** One sentence: what moves where, what stays, whether there is a way back. */
  readonly summary: string;
  /** Warnings the operator saw when approving, sorted; a run refuses on any other warning. */
  readonly acceptedWarnings: readonly { readonly check: string; readonly where: Side | "both" }[];
  readonly steps: readonly Step[];
}

export interface PlannedLink {
  /** Distributed availability group. */
  readonly name: string;
  readonly databases: readonly string[];
  /** Names of the two availability groups as sys.availability_replicas lists them. */
  readonly boxGroup: string;
  readonly instanceGroup: string;
  /** group_id of the distributed group as each side tells it: a link made anew under the same name is another link. */
  readonly groupIds: Readonly<Record<Side, string>>;
  /** The partner each side replicates with (endpoint_url of its remote row); null where not visible. */
  readonly partnerEndpointUrls: Readonly<Record<Side, string | null>>;
}

/** Who the server is; part of what is approved, so that a plan cannot run against another one. */
export interface PlannedServer {
  readonly serverName: string;
  readonly address: string;
  readonly productVersion: string;
  readonly edition: string;
  readonly engineEdition: number;
}

/** Data of one action; its sentence, statement and probe live in the action's file. */
export type Action =
  | { readonly kind: "waitForGate"; readonly primary: Side; readonly gate: GateSettings }
  | { readonly kind: "failover"; readonly group: string; readonly primary: Side }
  | {
      readonly kind: "verifyRoles";
      readonly roles: Readonly<Record<Side, Role>>;
      readonly readWriteOn: Side;
    }
  | {
      readonly kind: "allowSecondaryConnections";
      readonly group: string;
      readonly replica: string;
      /** What it was before; the undo sets it again. */
      readonly previous: "NO" | "READ_ONLY" | null;
    };

export interface Step {
  /** Stable and readable: '1-wait-for-gate'. */
  readonly id: string;
  readonly title: string;
  /** Where it acts; `both` for a step that only reads both sides. */
  readonly runsOn: Side | "both";
  /** Why there, for reading only. */
  readonly why: string;
  /** Roles both sides must show directly before it; otherwise the run stops and nothing is sent. */
  readonly rolesBefore: Readonly<Record<Side, Role>>;
  readonly action: Action;
  /**
   * The T-SQL it sends, exactly, and the same text the script holds: ONE guarded batch that checks on the very connection
   * that acts (server name, version, local group PRIMARY on SQL Server, distributed group's group_id and own role as planned,
   * database context master), THROWs 50001-50009 when something differs (then nothing was changed), and acts by EXEC(N'...').
   * Absent for a step that only reads.
   */
  readonly statement?: string;
  /** How it is seen that it is done, for reading; the probe is the action's. */
  readonly doneWhen: string;
  readonly undo: Undo;
  readonly safeToStopAfter: boolean;
  /** `warn`: its failure leaves a succeeded run with a warning. */
  readonly onFailure: "stopRun" | "warn";
}

export type Undo =
  | { readonly kind: "changesNothing" }
  | { readonly kind: "undoable"; readonly how: string }
  | { readonly kind: "undoableAtCost"; readonly how: string; readonly cost: string }
  | { readonly kind: "irreversible"; readonly why: string };
