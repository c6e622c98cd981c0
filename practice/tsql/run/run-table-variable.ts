// INSERT @t EXEC (text) and DELETE @t.
import type { SqlValue } from "../../sql-types.ts";
import { SqlError } from "../../sql-types.ts";
import type { TableVariable } from "../bind/binder.ts";
import { tableVariable } from "../bind/binder.ts";
import type { Statement } from "../parse/ast.ts";
import { convertValue } from "../types/convert-value.ts";
import { isText } from "../types/static-type.ts";
import type { Frame } from "./frame.ts";
import { runExecute } from "./run-execute.ts";
import { rowsWhere } from "./run-query.ts";
import { done } from "./run-select.ts";
import type { Outputs } from "./run-statement.ts";

type Insert = Statement & { kind: "insertExecute" };

/** The rows of every result set of the text; its messages go on to the client. An error that ends it inserts nothing. */
export async function* runInsert(statement: Insert, frame: Frame): Outputs {
  if (frame.insideInsert) {
    throw new SqlError(8164, "An INSERT EXEC statement cannot be nested.");
  }
  const table = tableVariable(frame, statement.table);
  const rows: (readonly SqlValue[])[] = [];
  const { line, parts } = statement;
  const execute = { kind: "executeText", line, parts } as const;
  for await (const output of runExecute(execute, { ...frame, insideInsert: true })) {
    switch (output.kind) {
      case "columns":
        if (output.columns.length !== statement.columns.length) throw wrongColumns();
        break;
      case "row":
        rows.push(rowOf(table, statement, output.values));
        break;
      case "done":
        break;
      default:
        yield output;
    }
  }
  table.rows = [...table.rows, ...rows];
  frame.session.rowCount = rows.length;
  yield done(frame, rows.length);
  return "next";
}

// As every statement: an asynchronous generator, also where nothing waits.
// eslint-disable-next-line @typescript-eslint/require-await
export async function* runDelete(statement: Statement & { kind: "delete" }, frame: Frame): Outputs {
  const table = tableVariable(frame, statement.table);
  const gone = rowsWhere(frame.sqlite, frame, statement.table, statement.where);
  table.rows = table.rows.filter((_, position) => !gone.has(position));
  frame.session.rowCount = gone.size;
  yield done(frame, gone.size);
  return "next";
}

function wrongColumns(): SqlError {
  return new SqlError(
    213,
    "Column name or number of supplied values does not match table definition.",
  );
}

/** Columns that are not named are NULL (515 where that is not allowed). */
function rowOf(
  { columns }: TableVariable,
  { columns: named, table }: Insert,
  values: readonly SqlValue[],
): readonly SqlValue[] {
  return columns.map(({ name, type, allowsNull }, position) => {
    const value = values[named.indexOf(position)] ?? null;
    const converted = convertValue(value, type);
    if (converted === null && !allowsNull) {
      throw new SqlError(
        515,
        `Cannot insert the value NULL into column '${name}', table '${table}'; column does not allow nulls. INSERT fails.`,
        { state: 2 },
      );
    }
    if (isText(type) && String(converted ?? "").length < String(value ?? "").length) {
      throw new SqlError(8152, "String or binary data would be truncated.");
    }
    return converted;
  });
}
