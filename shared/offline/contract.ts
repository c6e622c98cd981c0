// What the window and the main process say to each other of an offline fail back: what is wanted, with its parser.
import { z } from "zod";
import type { OfflineFailBackChoices } from "../choices/choices.ts";

const text = (max: number) => z.string().min(1).max(max);

/** The gate is the default one. */
export const offlineWantedInput = z.strictObject({
  kind: z.literal("offlineFailBack"),
  /** Null: there is no link of this database, or only one. */
  linkName: text(128).nullable(),
  database: text(128),
  backupTo: text(200),
  restoreTo: text(200),
  /** Null: the old name, or the one that is proposed. */
  restoreAs: text(128).nullable(),
  overOldName: z.strictObject({ typed: text(128).nullable() }).nullable(),
  writersStopped: text(900).nullable(),
}) satisfies z.ZodType<
  Omit<OfflineFailBackChoices, "restoreAs" | "gate"> & { readonly restoreAs: string | null }
>;

export type OfflineWanted = z.infer<typeof offlineWantedInput>;
