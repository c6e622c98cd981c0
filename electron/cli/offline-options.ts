// The options of offline-fail-back: where the backup goes, where its files go, and under which name.
import { UsageError } from "./usage-error.ts";

export interface OfflineOptions {
  readonly kind: "offlineFailBack";
  readonly backupTo: string;
  readonly restoreTo: string;
  readonly restoreAs: string | undefined;
  readonly overOldName: { readonly typed: string | null } | null;
  readonly writersStopped: string | null;
}

const text = { type: "string" } as const;

/** For parseArgs. */
export const offlineOptionNames = {
  "backup-to": text,
  "restore-to": text,
  "restore-as": text,
  "over-old-name": { type: "boolean" },
  "database-name": text,
  "writers-stopped": text,
} as const;

type TextOption = Exclude<keyof typeof offlineOptionNames, "over-old-name">;

export type OfflineValues = Readonly<Partial<Record<TextOption, string>>> & {
  readonly "over-old-name"?: boolean;
};

/** Throws UsageError. */
export function parseOfflineOptions(values: OfflineValues): OfflineOptions {
  const needed = (name: "backup-to" | "restore-to", what: string) => {
    const value = values[name]?.trim() ?? "";
    if (value !== "") return value;
    throw new UsageError(`offline-fail-back needs --${name} ${what}.`);
  };
  const isOver = values["over-old-name"] ?? false;
  if (isOver && values["restore-as"] !== undefined) {
    throw new UsageError("--over-old-name does not go with --restore-as.");
  }
  if (!isOver && values["database-name"] !== undefined) {
    throw new UsageError("--database-name goes with --over-old-name alone.");
  }
  const stopped = values["writers-stopped"]?.trim() ?? "";
  return {
    kind: "offlineFailBack",
    backupTo: needed("backup-to", "URL, a container that both servers reach"),
    restoreTo: needed("restore-to", "FOLDER, as SQL Server sees it"),
    restoreAs: values["restore-as"],
    overOldName: isOver ? { typed: values["database-name"] ?? null } : null,
    writersStopped: stopped === "" ? null : stopped,
  };
}

/** `rows` counts in a restored database by its new name; a repair is told of its writers by the same word. */
export function refuseStrayOffline(word: string | undefined, values: OfflineValues): void {
  const shared = { rows: "restore-as", repair: "writers-stopped" };
  const own = Object.entries(shared).find(([command]) => command === word)?.[1];
  const stray = Object.keys(offlineOptionNames).find((name) => name in values && name !== own);
  if (stray !== undefined) throw new UsageError(`--${stray} goes with offline-fail-back alone.`);
}
