// SELECT: rows to the client, or values to variables.
import type { SqlOutput } from "../../sql-types.ts";
import type { Statement } from "../parse/ast.ts";
import type { Frame } from "./frame.ts";
import { runQuery } from "./run-query.ts";
import type { Outputs } from "./run-statement.ts";
import { setVariable } from "./set-variable.ts";

// Every kind of statement answers through the same kind of generator, also the one that never waits.
// eslint-disable-next-line @typescript-eslint/require-await
export async function* runSelect(statement: Statement & { kind: "select" }, frame: Frame): Outputs {
  const { columns, rows, assigns } = runQuery(frame.sqlite, frame, statement.query);
  if (assigns.length === 0) {
    yield { kind: "columns", columns };
    for (const values of rows) yield { kind: "row", values };
  }
  // Of several rows the last one stays; no row leaves the variables as they are.
  const last = rows.at(-1);
  if (last !== undefined)
    assigns.forEach((name, index) => {
      setVariable(frame, name, last[index] ?? null);
    });
  frame.session.rowCount = rows.length;
  yield done(frame, rows.length);
  return "next";
}

/** The end of a statement that counts rows; SET NOCOUNT ON keeps the count from the client. */
export const done = (frame: Frame, rowCount: number): SqlOutput =>
  frame.session.noCount ? { kind: "done" } : { kind: "done", rowCount };
