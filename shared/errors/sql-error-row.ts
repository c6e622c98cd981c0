// The shape of a row of the SQL Server error tables.
import type { ActOn } from "./act-on.ts";
import type { ProblemClass } from "./app-error.ts";

/** What a message number means and what to do. `{server}` stands for the server's name in both sentences. */
export interface SqlErrorRow {
  readonly numbers: readonly number[];
  readonly class: ProblemClass;
  /** The remedy names it. */
  readonly actOn: ActOn;
  /** Stable word; where absent it is `sql` and the number. */
  readonly code?: string;
  readonly meaning: string;
  readonly remedy: string;
}
