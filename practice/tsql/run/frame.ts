// What a statement runs in: its session, its batch's variables, the TRY and EXEC around it.
import { SqlError } from "../../sql-types.ts";
import type { SqlMessage } from "../../sql-types.ts";
import type { Runtime, TableVariable, Variable } from "../bind/binder.ts";
import type { Reach } from "../errors.ts";
import type { Batch } from "../parse/ast.ts";
import type { Sqlite } from "../sqlite/sqlite.ts";

export interface Frame extends Runtime {
  readonly sqlite: Sqlite;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly insideTry: boolean;
  /** Its rows go into a table. */
  readonly insideInsert: boolean;
  /** EXEC inside EXEC; the server allows 32 ("nesting level"). */
  readonly depth: number;
  readonly signal: AbortSignal;
}

/** What comes after a statement. */
export type Flow = "next" | "break" | "continue" | "return";

/** An error on its way out of the statement that raised it, to a CATCH block or to the client. */
export class Raised extends Error {
  readonly sql: SqlMessage;
  readonly reach: Reach;
  constructor(sql: SqlMessage, reach: Reach) {
    super(sql.text);
    this.name = "Raised";
    this.sql = sql;
    this.reach = reach;
  }
}

/** The variables of a batch, NULL where `given` has no value for them. */
export function variablesOf(
  batch: Batch,
  given: ReadonlyMap<string, Variable>,
): Map<string, Variable> {
  return new Map(
    [...batch.variables].map(([name, type]) => [
      name,
      { type, value: given.get(name)?.value ?? null },
    ]),
  );
}

/** The table variables of a batch, empty. */
export function tablesOf({ tables }: Batch): Map<string, TableVariable> {
  return new Map([...tables].map(([name, columns]) => [name, { columns, rows: [] }]));
}

const deepest = 32;

/** The frame of a text run by EXEC: variables of its own, error handling of its caller. */
export function innerFrame(frame: Frame, own: Pick<Frame, "variables" | "tables">): Frame {
  if (frame.depth >= deepest) {
    throw new SqlError(
      217,
      "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).",
    );
  }
  return { ...frame, ...own, depth: frame.depth + 1 };
}
