// The options of what is no failover: repair, offline-fail-back, clean-up and hybrid-benefit, each with check, plan, script or run behind it.
import type { Side } from "../../shared/estate/estate.ts";
import type { OfflineOptions, OfflineValues } from "./offline-options.ts";
import { offlineOptionNames, parseOfflineOptions, refuseStrayOffline } from "./offline-options.ts";
import { UsageError } from "./usage-error.ts";

export type TaskOptions =
  | OfflineOptions
  /** What is to be removed, as typed. */
  | { readonly kind: "cleanUp"; readonly remove: readonly string[] }
  | {
      readonly kind: "hybridBenefit";
      readonly usage: "Active" | "Passive";
      readonly isPassiveConfirmed: boolean;
    }
  | {
      readonly kind: "repair";
      /** The side that is primary afterwards; undefined: `check` tells both. */
      readonly keep: Side | undefined;
      readonly saveTo: readonly string[];
      /** Part of the files' names; the plan that was approved has it, so a run by hash names it. */
      readonly stamp: string | undefined;
      readonly writersStopped: string | null;
      readonly roleChangeType: "Forced" | "Planned";
    };

export const taskNames = {
  repair: "repair",
  "offline-fail-back": "offlineFailBack",
  "clean-up": "cleanUp",
  "hybrid-benefit": "hybridBenefit",
} as const;
export type TaskName = keyof typeof taskNames;

/** For parseArgs. */
export const taskOptionNames = {
  ...offlineOptionNames,
  remove: { type: "string", multiple: true },
  usage: { type: "string" },
  "passive-replica-confirmed": { type: "boolean" },
  keep: { type: "string" },
  "save-to": { type: "string", multiple: true },
  stamp: { type: "string" },
  "role-change-type": { type: "string" },
} as const;

interface Values extends OfflineValues {
  readonly remove?: readonly string[];
  readonly usage?: string;
  readonly "passive-replica-confirmed"?: boolean;
  readonly keep?: string;
  readonly "save-to"?: readonly string[];
  readonly stamp?: string;
  readonly "role-change-type"?: string;
}

const ofRepair = ["keep", "save-to", "stamp", "role-change-type"] as const;

export function isTask(word: string | undefined): word is TaskName {
  return word !== undefined && Object.hasOwn(taskNames, word);
}

/** Undefined: a failover. Throws UsageError. */
export function parseTaskOptions(
  word: string | undefined,
  values: Values,
): TaskOptions | undefined {
  const task = isTask(word) ? taskNames[word] : undefined;
  if (task !== "offlineFailBack") refuseStrayOffline(word, values);
  refuseStray(task, values);
  switch (task) {
    case undefined:
      return undefined;
    case "offlineFailBack":
      return parseOfflineOptions(values);
    case "cleanUp":
      return { kind: "cleanUp", remove: (values.remove ?? []).flatMap(wordsOf) };
    case "repair":
      return {
        kind: "repair",
        keep: sideOf(values.keep),
        saveTo: values["save-to"] ?? [],
        stamp: stampOf(values.stamp),
        writersStopped: values["writers-stopped"]?.trim() ?? null,
        roleChangeType: roleChangeTypeOf(values["role-change-type"]),
      };
    case "hybridBenefit":
      return {
        kind: "hybridBenefit",
        usage: usageOf(values.usage),
        isPassiveConfirmed: values["passive-replica-confirmed"] ?? false,
      };
  }
}

/** One that names a thing is taken whole: the name may hold a comma. */
function wordsOf(text: string): readonly string[] {
  if (text.includes(":")) return [text];
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function sideOf(text: string | undefined): Side | undefined {
  if (text === undefined || text === "box" || text === "instance") return text;
  throw new UsageError("--keep is box or instance: the side that is primary afterwards.");
}

/** It becomes part of a file's name. */
function stampOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9_-]{1,40}$/u.test(text)) return text;
  throw new UsageError("--stamp takes letters, digits, _ and -, at most 40.");
}

function roleChangeTypeOf(text: string | undefined): "Forced" | "Planned" {
  switch (text?.toLowerCase()) {
    case undefined:
    case "forced":
      return "Forced";
    case "planned":
      return "Planned";
    default:
      throw new UsageError("--role-change-type is forced or planned.");
  }
}

function usageOf(text: string | undefined): "Active" | "Passive" {
  switch (text?.toLowerCase()) {
    case "active":
      return "Active";
    case "passive":
      return "Passive";
    default:
      throw new UsageError("hybrid-benefit needs --usage passive or --usage active.");
  }
}

function refuseStray(task: TaskOptions["kind"] | undefined, values: Values): void {
  if (task !== "cleanUp" && values.remove !== undefined) {
    throw new UsageError("--remove goes with clean-up alone.");
  }
  if (values["writers-stopped"]?.trim() === "") {
    throw new UsageError("--writers-stopped says why nobody can write; it goes into the report.");
  }
  const other = ofRepair.find((name) => name in values);
  if (task !== "repair" && other !== undefined) {
    throw new UsageError(`--${other} goes with repair alone.`);
  }
  if (task === "hybridBenefit") return;
  const stray = (["usage", "passive-replica-confirmed"] as const).find((name) => name in values);
  if (stray !== undefined) throw new UsageError(`--${stray} goes with hybrid-benefit alone.`);
}
