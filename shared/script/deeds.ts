// A plan as what a script that reaches both servers and Azure does, one after the other: bash and PowerShell write the same deeds.
import { assertNever } from "../assert-never.ts";
import type { GateSettings } from "../choices/choices.ts";
import type { Role, Side } from "../estate/estate.ts";
import type { AzureRequest } from "../plan/azure-request.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { scriptPatienceSeconds } from "../sql/gate-lines.ts";
import { migrationLines } from "../sql/migration-lines.ts";
import { removedLines } from "../sql/removed-lines.ts";
import {
  clockReading,
  gateReading,
  oldCopyReading,
  partedReading,
} from "../sql/script-readings.ts";
import { verifyLines } from "../sql/verify-lines.ts";
import { azFailoverName } from "./az-commands.ts";
import type { Change, Sent } from "./batches.ts";
import { change, insteadOf, locked, placeOf } from "./batches.ts";
import type { ShownInAzure } from "./leftover-deeds.ts";
import { trustRemoval, usageChange, withoutLink } from "./leftover-deeds.ts";
import { forcedDeeds } from "./forced-deeds.ts";
import type { NamedBackup } from "./offline-deeds.ts";
import { offlineDeeds } from "./offline-deeds.ts";
import { fullBackup, removalDeeds } from "./removal-deeds.ts";
import { repairDeeds } from "./repair-deeds.ts";

export type Deed =
  | Change
  /** T-SQL that ends by an error where something is not proved. */
  | ({ readonly kind: "prove" } & Sent)
  /** Keeps which backup is proved, or ends the script. */
  | ({ readonly kind: "keepBackup" } & Sent)
  /** Restores the one that was kept. */
  | ({ readonly kind: "restoreBackup"; readonly backups: readonly NamedBackup[] } & Sent)
  /** Reads the gate on both servers until it has held, or ends the script. */
  | { readonly kind: "waitAtGate" }
  /** One more reading of both, which has to be open and unmoved. */
  | { readonly kind: "gateIsOpen" }
  /** Keeps the clock of the new primary instance: backups count from then on. */
  | ({ readonly kind: "keepClock" } & Sent)
  /** `afterClock`: the batch wants that time. `seconds`: null waits without end. */
  | ({
      readonly kind: "waitUntil";
      readonly what: string;
      readonly seconds: number | null;
      readonly afterClock: boolean;
    } & Sent)
  /** One reading that has to be open. */
  | ({ readonly kind: "mustBeOpen"; readonly afterClock: boolean } & Sent)
  | { readonly kind: "setReplicationMode" }
  | {
      readonly kind: "failoverByAzure";
      readonly type: "Planned" | "ForcedAllowDataLoss";
      readonly instead: Sent;
    }
  /** Says what is lost, and goes on only when the link's name was typed. */
  | { readonly kind: "confirmLoss" }
  | { readonly kind: "linkIsThere" }
  | { readonly kind: "deleteLink" }
  | { readonly kind: "waitUntilLinkIsGone" }
  | { readonly kind: "linkIsGone" }
  /** One reading of Azure that has to show it. */
  | { readonly kind: "azureMustShow"; readonly shown: ShownInAzure }
  /** A request that is none of a link, once. */
  | { readonly kind: "request"; readonly request: AzureRequest }
  | { readonly kind: "waitUntilAzureShows"; readonly shown: ShownInAzure }
  | ({
      readonly kind: "lookAtOldCopy";
      readonly since: "gate" | "itself";
      readonly seconds: number;
    } & Sent);

export interface ScriptStep {
  readonly step: Step;
  /** From 1 on. */
  readonly number: number;
  /** It is done also where the script is asked for the removal alone, beside T-SQL files. */
  readonly belongsToRemoval: boolean;
  readonly deeds: readonly Deed[];
}

/** What a script asks at the gate, and how long. */
export interface GateDeeds {
  readonly settings: GateSettings;
  readonly patienceSeconds: number;
  /** The secondary's reading first: what it holds then the primary had committed before. */
  readonly readings: readonly { readonly end: "secondary" | "primary"; readonly sent: Sent }[];
}

export interface Deeds {
  readonly steps: readonly ScriptStep[];
  /** Null for a forced failover, which waits at none. */
  readonly gate: GateDeeds | null;
  /** What takes a commit mode back while nothing else was begun; by the number of the step that set it. */
  readonly takenBack: ReadonlyMap<number, Sent | "replicationMode">;
}

const minute = 60;

export function deedsOf(plan: Plan): Deeds {
  return {
    steps: plan.steps.map((step, index) => ({
      step,
      number: index + 1,
      belongsToRemoval: belongsToRemoval(plan, step),
      deeds: deeds(plan, step),
    })),
    gate: gateOf(plan),
    takenBack: new Map(plan.steps.flatMap((step, index) => takenBack(plan, step, index + 1))),
  };
}

function gateOf(plan: Plan): GateDeeds | null {
  const { steps, from, to } = plan;
  const [gate] = steps.flatMap(({ action }) =>
    action.kind === "waitForGate" ? [action.gate] : [],
  );
  if (gate === undefined) return null;
  const reading = (side: Side, end: "secondary" | "primary", role: Role) => ({
    end,
    sent: { side, batch: gateReading(placeOf(plan, side, [role]), end, gate) },
  });
  return {
    settings: gate,
    patienceSeconds: gate.giveUpSeconds ?? scriptPatienceSeconds,
    readings: [reading(to, "secondary", "SECONDARY"), reading(from, "primary", "PRIMARY")],
  };
}

/** Whether the Azure CLI can ask for the failover: it takes no other link names. */
export function azTakesName({ link }: Plan): boolean {
  return azFailoverName.test(link.name);
}

/** Whether a script has something to ask of Azure. */
export function asksAzure(deeds: Deeds, byAzure: boolean): boolean {
  return (
    (byAzure && asksFor(deeds, "failoverByAzure")) ||
    asksFor(deeds, "setReplicationMode") ||
    asksFor(deeds, "request") ||
    asksFor(deeds, "linkIsThere")
  );
}

/** Whether any step of a script does this. */
export function asksFor({ steps }: Deeds, kind: Deed["kind"]): boolean {
  return steps.some((step) => step.deeds.some((deed) => deed.kind === kind));
}

/** What T-SQL files cannot do, and what has to be looked at directly before. */
function belongsToRemoval({ move }: Plan, { action }: Step): boolean {
  switch (action.kind) {
    case "removeLink":
    case "setReplicationMode":
    case "waitForFullBackup":
      return true;
    case "waitForGate":
      return move === "delete";
    default:
      return false;
  }
}

function deeds(plan: Plan, step: Step): readonly Deed[] {
  const { action } = step;
  switch (action.kind) {
    case "waitForGate":
      return [{ kind: "waitAtGate" }];
    case "failover":
      return [{ kind: "gateIsOpen" }, failoverDeed(plan, step)];
    case "verifyRoles":
      return [
        ...(["box", "instance"] as const).map((side) => ({
          kind: "prove" as const,
          side,
          batch: verified(plan, side, action.roles[side], action.readWriteOn === side),
        })),
        ...(plan.keepLink || plan.to === "box"
          ? []
          : [{ kind: "keepClock", side: "instance", batch: clockReading } as const]),
      ];
    case "dropEndpoint":
    case "dropCertificate":
    case "turnOffTraceFlag":
      return [withoutLink(plan, "instance"), change(plan, step, "stop")];
    case "removeTrustCertificate":
      return trustRemoval(plan, step, action);
    case "setHybridUsage":
      return usageChange(plan, step, action);
    case "setCommitMode":
    case "dropGroup":
      return [change(plan, step, "stop")];
    case "dropDistributedGroup":
      return [
        {
          kind: "waitUntil",
          side: "box",
          batch: partedReading(placeOf(plan, "box", [])),
          what: `${plan.box.serverName} has noticed that the other side is gone`,
          seconds: 2 * minute,
          afterClock: false,
        },
        change(plan, step, "stop"),
      ];
    case "allowSecondaryConnections":
    case "setReadOnly":
      return [change(plan, step, "warn")];
    case "setReplicationMode":
      return [{ kind: "setReplicationMode" }];
    case "waitForFullBackup":
      return [
        {
          kind: "waitUntil",
          ...fullBackup(plan),
          what: `the first full backup on ${plan.instance.serverName} is seen`,
          seconds: null,
          afterClock: true,
        },
      ];
    case "removeLink":
      return removalDeeds(plan, action.onlyWhile);
    case "lookAtOldCopy":
      return [
        {
          kind: "lookAtOldCopy",
          side: action.side,
          batch: oldCopyReading(placeOf(plan, action.side, [])),
          since: action.since,
          seconds: action.seconds,
        },
      ];
    case "lookBeforeForce":
    case "force":
    case "verifyForced":
    case "verifyAlone":
      return forcedDeeds(plan, step, action);
    case "restoreCopy":
    case "verifyRestored":
      return offlineDeeds(plan, step, action);
    case "waitForNoWriters":
    case "saveCopy":
    case "demote":
    case "resumeData":
      return repairDeeds(plan, step, action);
    case "checkMigration": {
      const batch = migrationLines(action.databases).join("\n");
      return [{ kind: "prove", side: plan.to, batch }];
    }
    case "verifyRemoved":
      return [
        { kind: "linkIsGone" },
        ...(["box", "instance"] as const).map((side) => ({
          kind: "prove" as const,
          side,
          batch: removed(plan, side),
        })),
      ];
    default:
      return assertNever(action);
  }
}

function failoverDeed(plan: Plan, step: Step): Deed {
  return step.instead === undefined
    ? change(plan, step, "unknown")
    : { kind: "failoverByAzure", type: "Planned", instead: insteadOf(plan, step) };
}

function verified(plan: Plan, side: Side, role: Role, isWritten: boolean): string {
  const place = placeOf(plan, side, [role]);
  return verifyLines(place, isWritten ? "mustBeWritable" : "asItIs").join("\n");
}

function removed(plan: Plan, side: Side): string {
  const written = side === plan.to ? "mustBeWritable" : "asItIs";
  return removedLines(placeOf(plan, side, []), written).join("\n");
}

function takenBack(
  plan: Plan,
  { action, takeBack }: Step,
  number: number,
): readonly (readonly [number, Sent | "replicationMode"])[] {
  if (takeBack === undefined) return [];
  if (action.kind === "setReplicationMode") return [[number, "replicationMode"]];
  return "statement" in takeBack
    ? [[number, { side: "box", batch: locked(plan, "box", takeBack.statement) }]]
    : [];
}
