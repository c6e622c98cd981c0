// The shape of a row of the Azure error tables.
import type { ProblemClass } from "./app-error.ts";

/** What a code means and what to do. `{what}` stands for the resource, account or address it is about. */
export interface AzureErrorRow {
  readonly codes: readonly string[];
  /** Stable word of ours. */
  readonly code: string;
  readonly class: ProblemClass;
  readonly meaning: string;
  readonly remedy: string;
}

/** What there is to do where Azure does not know how it ended. */
export const readBothRoles = "Read the roles of both sides before any other step.";

/** By code, small letters: Azure's services do not agree on case. */
export function rowsByCode(rows: readonly AzureErrorRow[]): ReadonlyMap<string, AzureErrorRow> {
  return new Map(
    rows.flatMap((row) => row.codes.map((code) => [code.toLowerCase(), row] as const)),
  );
}
