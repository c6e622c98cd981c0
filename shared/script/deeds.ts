// A plan as what a script that reaches both servers and Azure does, one after the other: bash and PowerShell write the same deeds.
import { assertNever } from "../assert-never.ts";
import type { GateSettings } from "../choices/choices.ts";
import type { Role, Side } from "../estate/estate.ts";

import type { AzureRequest } from "../plan/azure-request.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { scriptPatienceSeconds } from "../sql/gate-lines.ts";
import type { GuardedPlace } from "../sql/guard.ts";
import { migrationLines } from "../sql/migration-lines.ts";
import { removedLines } from "../sql/removed-lines.ts";
import { releaseLockLines, takeLockLines } from "../sql/script-batch.ts";
import {
  aloneReading,
  clockReading,
  fullBackupReading,
  gateReading,
  oldCopyReading,
  partedReading,
  rolesReading,
} from "../sql/script-readings.ts";
import { verifyLines } from "../sql/verify-lines.ts";
import { azFailoverName } from "./az-commands.ts";
import type { ShownInAzure } from "./leftover-deeds.ts";
import { trustRemoval, usageChange, withoutLink } from "./leftover-deeds.ts";
import { groupIdOn, lockIdOn } from "../plan/planned-server.ts";

/** A batch for one server. */
export interface Sent {
  readonly side: Side;
  readonly batch: string;
}

export type Deed =
  /** T-SQL that changes something. `then`: what a failure means. */
  | ({ readonly kind: "change"; readonly then: "stop" | "warn" | "unknown" } & Sent)
  /** T-SQL that ends by an error where something is not proved. */
  | ({ readonly kind: "prove" } & Sent)
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
  | { readonly kind: "failoverByAzure"; readonly instead: Sent }
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

export interface Deeds {
  readonly steps: readonly ScriptStep[];
  /** Null: nothing moves, and there is no gate. */
  readonly gate: GateSettings | null;
  readonly patienceSeconds: number;
  /** The secondary's reading first: what it holds then the primary had committed before. */
  readonly gateReadings: readonly { readonly end: "secondary" | "primary"; readonly sent: Sent }[];
  /** What takes a commit mode back while nothing else was begun; by the number of the step that set it. */
  readonly takenBack: ReadonlyMap<number, Sent | "replicationMode">;
}

const minute = 60;

export function deedsOf(plan: Plan): Deeds {
  const gate = gateOf(plan);
  const { from, to } = plan;
  return {
    steps: plan.steps.map((step, index) => ({
      step,
      number: index + 1,
      belongsToRemoval: belongsToRemoval(plan, step),
      deeds: deeds(plan, step),
    })),
    gate,
    patienceSeconds: gate?.giveUpSeconds ?? scriptPatienceSeconds,
    gateReadings:
      gate === null
        ? []
        : [
            {
              end: "secondary",
              sent: {
                side: to,
                batch: gateReading(placeOf(plan, to, ["SECONDARY"]), "secondary", gate),
              },
            },
            {
              end: "primary",
              sent: {
                side: from,
                batch: gateReading(placeOf(plan, from, ["PRIMARY"]), "primary", gate),
              },
            },
          ],
    takenBack: new Map(plan.steps.flatMap((step, index) => takenBack(plan, step, index + 1))),
  };
}

function gateOf({ steps, move }: Plan): GateSettings | null {
  const gates = steps.flatMap(({ action }) => (action.kind === "waitForGate" ? [action.gate] : []));
  const [gate] = gates;
  if (move === "none") return null;
  if (gate === undefined) throw new Error("Every plan waits at a gate.");
  return gate;
}

/** Whether the Azure CLI can ask for the failover: it takes no other link names. */
export function azTakesName({ link }: Plan): boolean {
  return azFailoverName.test(link.name);
}

/** Whether a script has something to ask of Azure. */
export function asksAzure({ steps }: Deeds, byAzure: boolean): boolean {
  return steps.some(({ deeds: all }) =>
    all.some(({ kind }) =>
      kind === "failoverByAzure"
        ? byAzure
        : kind === "setReplicationMode" || kind === "linkIsThere" || kind === "request",
    ),
  );
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
          ...backupReading(plan),
          what: `the first full backup on ${plan.instance.serverName} is seen`,
          seconds: null,
          afterClock: true,
        },
      ];
    case "removeLink":
      return removal(plan);
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
      throw new Error("A forced failover is scripted as T-SQL alone.");
    case "checkMigration": {
      const batch = migrationLines(action.databases).join("\n");
      return [{ kind: "prove", side: "instance", batch }];
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
  if (step.instead === undefined) return change(plan, step, "unknown");
  const { runsOn, statement } = step.instead;
  return {
    kind: "failoverByAzure",
    instead: { side: runsOn, batch: locked(plan, runsOn, statement) },
  };
}

/** Directly before the DELETE both servers are read once more, whatever was read before. */
function removal(plan: Plan): readonly Deed[] {
  const before: readonly Deed[] =
    plan.move === "delete"
      ? [{ kind: "gateIsOpen" }]
      : [
          {
            kind: "mustBeOpen",
            side: "box",
            batch: rolesReading(placeOf(plan, "box", [roleAfter(plan, "box")])),
            afterClock: false,
          },
          plan.to === "instance"
            ? { kind: "mustBeOpen", ...backupReading(plan), afterClock: true }
            : {
                kind: "mustBeOpen",
                side: "instance",
                batch: rolesReading(placeOf(plan, "instance", ["SECONDARY"])),
                afterClock: false,
              },
        ];
  return [
    { kind: "linkIsThere" },
    ...before,
    { kind: "deleteLink" },
    { kind: "waitUntilLinkIsGone" },
    {
      kind: "waitUntil",
      side: "instance",
      batch: aloneReading(placeOf(plan, "instance", [])),
      what: `${plan.instance.serverName} has let go of the link and can be written`,
      seconds: 10 * minute,
      afterClock: false,
    },
  ];
}

function backupReading(plan: Plan): Sent {
  return { side: "instance", batch: fullBackupReading(placeOf(plan, "instance", ["PRIMARY"])) };
}

function change(plan: Plan, step: Step, then: "stop" | "warn" | "unknown"): Deed {
  const side = step.runsOn === "instance" ? "instance" : "box";
  return { kind: "change", then, side, batch: locked(plan, side, step.statement ?? "") };
}

/** The plan's own batch under the lock of the link, which this session gives back at its end. */
function locked(plan: Plan, side: Side, statement: string): string {
  const groupId = lockIdOn(plan, side) ?? groupIdOn(plan.link, side);
  return [
    "SET NOCOUNT ON;",
    ...takeLockLines(groupId),
    statement,
    ...releaseLockLines(groupId),
  ].join("\n");
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

function placeOf(plan: Plan, side: Side, roles: readonly Role[]): GuardedPlace {
  return { side, server: plan[side], link: plan.link, roles };
}

function roleAfter({ to }: Plan, side: Side): Role {
  return side === to ? "PRIMARY" : "SECONDARY";
}
