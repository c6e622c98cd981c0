// The options of what is no failover: offline-fail-back, clean-up and hybrid-benefit, each with check, plan, script or run behind it.
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
    };

export const taskNames = {
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
} as const;

interface Values extends OfflineValues {
  readonly remove?: readonly string[];
  readonly usage?: string;
  readonly "passive-replica-confirmed"?: boolean;
}

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
  if (task === "hybridBenefit") return;
  const stray = (["usage", "passive-replica-confirmed"] as const).find((name) => name in values);
  if (stray !== undefined) throw new UsageError(`--${stray} goes with hybrid-benefit alone.`);
}
