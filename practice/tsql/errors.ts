// The error messages the T-SQL front end itself raises, worded as SQL Server words them.
import { SqlError } from "../sql-types.ts";

const at = (line: number | undefined) => (line === undefined ? {} : { line });

/** Msg 102 or 156: what stands at `near` cannot stand there. */
export function syntaxError(near: string, line: number, isKeyword = false): SqlError {
  return isKeyword
    ? new SqlError(156, `Incorrect syntax near the keyword '${near}'.`, { severity: 15, line })
    : new SqlError(102, `Incorrect syntax near '${near}'.`, { severity: 15, line });
}

/** Msg 40510: a statement SQL Server has and the practice estate has not. Number of Azure's "not supported". */
export function notImplementedStatement(statement: string, line: number): SqlError {
  return new SqlError(
    40510,
    `Statement '${statement}' is not implemented in the practice estate.`,
    {
      line,
    },
  );
}

/** Msg 40517: a keyword, option or clause SQL Server has and the practice estate has not. */
export function notImplementedOption(option: string, line?: number): SqlError {
  return new SqlError(
    40517,
    `Keyword or statement option '${option}' is not implemented in the practice estate.`,
    at(line),
  );
}

/** Msg 137: the batch uses a variable it does not declare; the whole batch is refused. */
export function undeclaredVariable(name: string, line: number): SqlError {
  return new SqlError(137, `Must declare the scalar variable "${name}".`, {
    severity: 15,
    state: 2,
    line,
  });
}

/** Msg 1087: the same for a table variable. */
export function undeclaredTable(name: string, line: number): SqlError {
  return new SqlError(1087, `Must declare the table variable "${name}".`, {
    severity: 15,
    state: 2,
    line,
  });
}

/** Msg 208: no such table, view or function; ends the batch or the EXEC it stands in. */
export function invalidObject(name: string, line?: number): SqlError {
  return new SqlError(208, `Invalid object name '${name}'.`, at(line));
}

/** Msg 207: no such column. */
export function invalidColumn(name: string, line?: number): SqlError {
  return new SqlError(207, `Invalid column name '${name}'.`, at(line));
}

/** Msg 245: text that is no number, in an implicit or explicit conversion. */
export function conversionFailed(fromType: string, value: string, toType: string): SqlError {
  return new SqlError(
    245,
    `Conversion failed when converting the ${fromType} value '${value}' to data type ${toType}.`,
  );
}

/** Msg 8115: a number that does not fit its type. */
export function overflow(toType: string, from = "expression"): SqlError {
  return new SqlError(
    8115,
    `Arithmetic overflow error converting ${from} to data type ${toType}.`,
    {
      state: 2,
    },
  );
}

/** Errors that end the text they stand in (batch or EXEC string) because it no longer compiles; TRY there misses them. */
const scopeErrors: ReadonlySet<number> = new Set([
  205, 207, 208, 209, 4104, 8120, 8155, 8156, 147, 1033, 116, 313, 8144,
]);
/** Errors that end the whole batch: conversions, THROW aside ("Database Engine events and errors", SET XACT_ABORT). */
const batchErrors: ReadonlySet<number> = new Set([
  241, 242, 244, 245, 248, 535, 911, 8114, 8169, 40510, 40517,
]);

export type Reach = "statement" | "scope" | "batch";

/** How far an uncaught error reaches. */
export function reachOf(number: number): Reach {
  if (scopeErrors.has(number)) return "scope";
  return batchErrors.has(number) ? "batch" : "statement";
}
