// The contract between the window and the main process: every request with its input's parser and its answer, every event. Contract.
import { z } from "zod";
import { azureRequests } from "./azure/contract.ts";
import type { AzureOutputs } from "./azure/contract.ts";
import type { AzureRegistration } from "./azure-registration.ts";
import { clientIdPattern, cloudNames } from "./azure-registration.ts";
import { bundleRequests } from "./bundle/contract.ts";
import type { BundleOutputs } from "./bundle/contract.ts";
import { anyChoicesInput, choicesInput, plannableInput } from "./choices/choices-input.ts";
import type { Finding } from "./checks/finding.ts";
import type { Leftover } from "./clean-up/leftovers.ts";
import { connectRequests } from "./connect/contract.ts";
import type { ConnectOutputs } from "./connect/contract.ts";
import type { DrillsView } from "./drills/drill.ts";
import type { Problem } from "./errors/app-error.ts";
import type { Side } from "./estate/estate.ts";
import { pairInput } from "./estate/pair.ts";
import type { ServersRead } from "./estate/servers.ts";
import type { TargetWatch } from "./forced/watch.ts";
import type { GateState } from "./gate/gate.ts";
import type { LogEntry } from "./log/entry.ts";
import { watchRequests } from "./monitor/contract.ts";
import type { WatchOutputs } from "./monitor/contract.ts";
import type { LiveRead } from "./monitor/live.ts";
import { networkInput, networkRequests } from "./network/contract.ts";
import type { NetworkOutputs } from "./network/contract.ts";
import type { NetworkSettings } from "./network/network-settings.ts";
import type { Environment, Plan } from "./plan/plan.ts";
import type { Readiness } from "./readiness/contract.ts";
import type { RepairLook } from "./repair/contract.ts";
import type { RepairToDo } from "./repair/to-do.ts";
import type { RowCounts } from "./rows/row-counts.ts";
import { runIdInput } from "./run/run-id.ts";
import type { DryRun } from "./run/dry-run.ts";
import type { RunEvent } from "./run/events.ts";
import { zoomSteps } from "./zoom.ts";

/** What every request is answered with; nothing is thrown across and nothing is silently undefined. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

const text = (max: number) => z.string().min(1).max(max);
const side = z.enum(["box", "instance"]);
const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const nothing = z.strictObject({});
/**
 * How a reading of the servers asks Azure. `now` (where none is told): anew, and its answer is waited for. `soon`: anew, and it is
 * told when it is there. `inTurn`: the same, once a minute. Until then its last answer is told, with its own time.
 */
const azurePace = z.enum(["now", "soon", "inTurn"]);
export type AzurePace = z.infer<typeof azurePace>;

export const requests = {
  /** Who we are and what there is; asked once. */
  "app.facts": nothing,
  /** Takes a secret in, once. No request ever gives one back. */
  "secret.keep": z.strictObject({ secret: z.string().min(1).max(4096) }),
  "connection.close": z.strictObject({ connectionId: id }),
  "connection.list": nothing,
  /** Reads every connected server. Whatever is asked about a link says between which two of them, `pair`. */
  "estate.read": z.strictObject({ azure: azurePace.optional() }),
  /** Checks of one link with these choices, with one look through the gate, or with what the watch of the target has seen. */
  "readiness.check": z.strictObject({ pair: pairInput, choices: anyChoicesInput }),
  /** Every check of a planned failover of that link, and what no link carries; `to` null: away from the primary. */
  "readiness.assess": z.strictObject({
    pair: pairInput,
    linkName: text(128),
    to: side.nullable(),
  }),
  /** Starts (or goes on) reading the gate every second; `gate` events follow until `gate.unwatch`. */
  "gate.watch": z.strictObject({ pair: pairInput, choices: choicesInput }),
  "gate.unwatch": nothing,
  /**
   * Is the primary really gone? Starts (or goes on) reading the side that is to take over every second; `target` events follow
   * until `target.unwatch`. Asked for again after that it begins anew.
   */
  "target.watch": z.strictObject({ pair: pairInput, linkName: text(128), to: side }),
  "target.unwatch": nothing,
  /** Links that were forced from here, or seen with two primaries or none, until both sides show one primary. */
  "repair.toDos": nothing,
  /** Two primaries, or none: what both copies show of themselves, read now. */
  "repair.look": z.strictObject({ pair: pairInput, linkName: text(128) }),
  /**
   * Builds the plan of these choices from a fresh reading; of a repair from two, 5 s apart. None that is forced before its target
   * was watched.
   */
  "plan.make": z.strictObject({ pair: pairInput, choices: plannableInput }),
  /** What a link that is gone has left behind on both servers, and in Azure where somebody is signed in. */
  "leftovers.list": z.strictObject({ pair: pairInput }),
  /** The scripts of the plan of that hash, made before. */
  "plan.scripts": z.strictObject({ planHash: text(64) }),
  /** A run of that plan without its changes. */
  "plan.dryRun": z.strictObject({ planHash: text(64) }),
  /** A forced plan, a repair, an offline fail back and a clean-up are started with their link's name, typed by hand. */
  "run.start": z.strictObject({ planHash: text(64), typedLinkName: text(128).optional() }),
  /** Finishes the step in flight and starts no more. */
  "run.stop": z.strictObject({ runId: text(64) }),
  /** The run in flight or the last one, with its events after `afterSequence`: what a reloaded window missed. */
  "run.follow": z.strictObject({ afterSequence: z.number().int().min(0) }),
  /** How many rows both catalogs count in the tables of one database; asked for by hand, and kept with the run that is named. */
  "rows.count": z.strictObject({
    pair: pairInput,
    database: text(128),
    runId: runIdInput.optional(),
  }),
  /** Runs left without an end: looked at, told. */
  "run.left": nothing,
  "report.text": z.strictObject({ runId: text(64), format: z.enum(["html", "markdown"]) }),
  "file.pickSavePath": z.strictObject({ suggestedName: text(255) }),
  "file.listFolder": z.strictObject({ folder: text(4096).nullable() }),
  "file.save": z.strictObject({
    path: text(4096),
    text: z.string().max(20_000_000),
    overwrite: z.boolean(),
  }),
  "settings.read": nothing,
  /** What is named is changed, the rest stays. A change of `azure` signs out. */
  "settings.write": z
    .strictObject({
      showIntroduction: z.boolean(),
      azure: z.strictObject({
        cloud: z.enum(cloudNames),
        clientId: z.string().regex(clientIdPattern).nullable(),
      }),
      zoomPercent: z.literal(zoomSteps),
      notify: z.boolean(),
      network: networkInput,
    })
    .partial(),
  /** The drills of the practice estate; like the others of `practice`, refused in every other window. */
  "practice.drills": nothing,
  /** Puts the estate back to a beginning and lets the disaster strike. `practice.drill` events follow. */
  "practice.start": z.strictObject({ drillId: id }),
  /** What somebody else can do in the drill under way is done. */
  "practice.help": nothing,
  /** The estate's applications write, or stop. */
  "practice.workload": z.strictObject({ running: z.boolean() }),
  "practice.end": nothing,
  /** The page has been drawn for the first time. What is slow to load is loaded from then on. */
  "window.painted": nothing,
  /** Asks to close the window. During a run `window.closing` is told instead, unless it is closed all the same. */
  "window.close": z.strictObject({ evenDuringRun: z.boolean() }),
  ...azureRequests,
  ...connectRequests,
  ...watchRequests,
  ...bundleRequests,
  ...networkRequests,
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]>;

export interface AppFacts {
  readonly version: string;
  readonly host: "electron" | "chromium";
  readonly practice: boolean;
  readonly canPickSavePath: boolean;
  readonly operator: string;
  /** Given with --client-id: it stands over the setting. */
  readonly clientId: string | null;
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  /** ISO 8601 UTC. */
  readonly validTo: string;
  /** SHA-256, upper-case hexadecimal without separators. */
  readonly fingerprint: string;
  readonly isTrusted: boolean;
  /** Why it is not, one sentence; absent when it is. */
  readonly because?: string;
}

export interface ConnectionFacts {
  /** The same for every connection to this side and address. */
  readonly connectionId: string;
  readonly side: Side;
  readonly address: string;
  readonly serverName: string;
  readonly login: string;
  readonly environment: Environment;
  readonly encrypted: boolean;
}

/** What the watch of a forced failover's target has seen. `watch` null: the last reading failed, and it begins anew. */
export type TargetSeen =
  | { readonly watch: TargetWatch; readonly problem: null }
  | { readonly watch: null; readonly problem: Problem };

export interface SaidPlan {
  readonly plan: Plan;
  readonly hash: string;
}

export interface LeftRunFacts {
  readonly runId: string;
  readonly summary: string;
  readonly seen: readonly string[];
  readonly toDo: readonly string[];
}

export interface Settings {
  readonly showIntroduction: boolean;
  readonly azure: AzureRegistration;
  /** How large the page is drawn; one of `zoomSteps`. */
  readonly zoomPercent: number;
  /** Whether the system tells of a run that ends or needs somebody. */
  readonly notify: boolean;
  /** The way to Azure, in windows for real servers. */
  readonly network: NetworkSettings;
}

export interface Outputs
  extends AzureOutputs, ConnectOutputs, WatchOutputs, BundleOutputs, NetworkOutputs {
  "app.facts": AppFacts;
  "secret.keep": { readonly secretId: string };
  "connection.close": null;
  "connection.list": readonly ConnectionFacts[];
  "estate.read": ServersRead;
  "readiness.check": { readonly findings: readonly Finding[]; readonly plan: SaidPlan | null };
  "readiness.assess": Readiness;
  "gate.watch": null;
  "gate.unwatch": null;
  "target.watch": null;
  "target.unwatch": null;
  "repair.toDos": readonly RepairToDo[];
  "repair.look": RepairLook;
  "plan.make": { readonly findings: readonly Finding[]; readonly plan: SaidPlan | null };
  "leftovers.list": {
    readonly leftovers: readonly Leftover[];
    /** What could not be read; of that nothing is listed. */
    readonly unread: readonly Finding[];
    readonly isAzureAsked: boolean;
  };
  "plan.scripts": readonly {
    readonly fileName: string;
    readonly server: string;
    readonly text: string;
  }[];
  "plan.dryRun": DryRun;
  "run.start": { readonly runId: string };
  "run.stop": null;
  "run.follow": {
    readonly runId: string | null;
    readonly isRunning: boolean;
    readonly events: readonly RunEvent[];
  };
  "rows.count": RowCounts;
  "run.left": readonly LeftRunFacts[];
  "report.text": { readonly text: string };
  "file.pickSavePath": { readonly path: string | null };
  "file.listFolder": {
    readonly folder: string;
    readonly parent: string | null;
    readonly folders: readonly string[];
    readonly files: readonly string[];
  };
  "file.save": { readonly path: string };
  /** `problem`: the file could not be read, and these are the defaults. */
  "settings.read": Settings & { readonly problem?: Problem };
  "settings.write": null;
  "practice.drills": DrillsView;
  "practice.start": null;
  "practice.help": null;
  "practice.workload": null;
  "practice.end": null;
  "window.painted": null;
  "window.close": null;
}

export type RequestOutput<N extends RequestName> = Outputs[N];

/** What the main process tells without being asked. Each carries a sequence number of its own channel. */
export interface Events {
  "run.event": RunEvent;
  gate: GateState;
  target: TargetSeen;
  "practice.drill": DrillsView;
  "connection.changed": readonly ConnectionFacts[];
  "azure.deviceCode": {
    readonly userCode: string;
    readonly verificationUri: string;
    readonly expiresAt: string;
  };
  "window.closing": { readonly runId: string; readonly step: string };
  live: LiveRead;
  "log.entry": LogEntry;
}

export type EventName = keyof Events;
export const eventNames = [
  "run.event",
  "gate",
  "target",
  "practice.drill",
  "connection.changed",
  "azure.deviceCode",
  "window.closing",
  "live",
  "log.entry",
] as const satisfies readonly EventName[];

/** What the preload exposes as `window.api`, and nothing else. */
export interface Api {
  /** `requestId` names the call for `cancel`; the answer is never a rejection. */
  invoke<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    requestId?: string,
  ): Promise<Answer<RequestOutput<N>>>;
  cancel(requestId: string): void;
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void;
}
