// The shape of a row of the Azure error tables.
import type { ActOn } from "./act-on.ts";
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

/** A row of Azure Resource Manager, which speaks of servers. */
export interface ArmErrorRow extends AzureErrorRow {
  /** The remedy names it. */
  readonly actOn: ActOn;
}

/** By code, small letters: Azure's services do not agree on case. */
export function rowsByCode<Row extends AzureErrorRow>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  return new Map(
    rows.flatMap((row) => row.codes.map((code) => [code.toLowerCase(), row] as const)),
  );
}
