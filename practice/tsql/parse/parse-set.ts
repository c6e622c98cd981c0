// DECLARE, SET @variable and the SET options of a session.
import { SqlError } from "../../sql-types.ts";
import { notImplementedOption, notImplementedStatement } from "../errors.ts";
import type { Statement } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import type { ParserState } from "./parser-state.ts";
import { parseTableColumns } from "./parse-table-variable.ts";
import { declareTable, declareVariable, parseType, parseVariable } from "./parser-state.ts";

/** Behind DECLARE: one assignment for each variable that has an initial value. */
export function parseDeclare(state: ParserState, line: number): Statement[] {
  const { cursor } = state;
  const assignments = cursor.list((): Statement[] => {
    if (!cursor.isKind("variable")) throw cursor.error();
    const { text } = cursor.next();
    cursor.take("AS");
    if (cursor.is("CURSOR")) throw notImplementedStatement("DECLARE CURSOR", line);
    if (cursor.take("TABLE")) {
      declareTable(state, text, parseTableColumns(state));
      return [];
    }
    declareVariable(state, text, parseType(state, 1));
    if (!cursor.take("=")) return [];
    return [
      { kind: "assign", line, variable: text.toLowerCase(), expression: parseExpression(state) },
    ];
  });
  return assignments.flat();
}

/** Options that may be ON or OFF; those that name a single value may have that one only, for nothing here obeys them. */
const switches: Readonly<Record<string, "any" | "ON" | "OFF">> = {
  NOCOUNT: "any",
  XACT_ABORT: "any",
  QUOTED_IDENTIFIER: "any",
  ARITHABORT: "any",
  ARITHIGNORE: "any",
  ANSI_WARNINGS: "any",
  ANSI_PADDING: "any",
  ANSI_NULL_DFLT_ON: "any",
  ANSI_NULL_DFLT_OFF: "any",
  ANSI_DEFAULTS: "any",
  CURSOR_CLOSE_ON_COMMIT: "any",
  NUMERIC_ROUNDABORT: "any",
  STATISTICS: "any",
  ANSI_NULLS: "ON",
  CONCAT_NULL_YIELDS_NULL: "ON",
  IMPLICIT_TRANSACTIONS: "OFF",
  FMTONLY: "OFF",
  NOEXEC: "OFF",
  PARSEONLY: "OFF",
  SHOWPLAN_ALL: "OFF",
  SHOWPLAN_TEXT: "OFF",
  SHOWPLAN_XML: "OFF",
  REMOTE_PROC_TRANSACTIONS: "any",
  NO_BROWSETABLE: "any",
};
const valued: ReadonlySet<string> = new Set([
  "LOCK_TIMEOUT",
  "TEXTSIZE",
  "ROWCOUNT",
  "DATEFIRST",
  "DATEFORMAT",
  "LANGUAGE",
  "DEADLOCK_PRIORITY",
  "QUERY_GOVERNOR_COST_LIMIT",
]);

/** Behind SET. */
export function parseSet(state: ParserState, line: number): Statement | Statement[] {
  const { cursor } = state;
  if (cursor.isKind("variable")) return parseAssignment(state, line);
  if (cursor.take("TRANSACTION")) {
    cursor.need("ISOLATION", "LEVEL");
    const level = cursor.word();
    const value = level === "READ" || level === "REPEATABLE" ? `${level} ${cursor.word()}` : level;
    return { kind: "setOption", line, option: "TRANSACTION ISOLATION LEVEL", value };
  }
  const options = cursor.list(() => cursor.next());
  const [first] = options;
  if (first !== undefined && valued.has(first.upper)) return parseValue(state, first.upper, line);
  if (first?.upper === "STATISTICS") cursor.list(() => cursor.word());
  const unknown = options.find((option) => switches[option.upper] === undefined);
  if (unknown !== undefined) {
    throw new SqlError(195, `'${unknown.text}' is not a recognized SET option.`, {
      severity: 15,
      state: 5,
      line,
    });
  }
  const value = cursor.word();
  if (value !== "ON" && value !== "OFF") throw cursor.error();
  return options.map(({ upper }) => {
    const allowed = switches[upper];
    if (allowed !== "any" && allowed !== value)
      throw notImplementedOption(`${upper} ${value}`, line);
    return { kind: "setOption", line, option: upper, value };
  });
}

/** `SET @v = x`, and `SET @v += x` with its kin. */
function parseAssignment(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const variable = parseVariable(state);
  const operator = (["+", "-"] as const).find((symbol) => cursor.take(`${symbol}=`));
  if (operator === undefined) cursor.need("=");
  const right = parseExpression(state);
  const expression =
    operator === undefined
      ? right
      : ({
          kind: "arithmetic",
          operator,
          left: { kind: "variable", name: variable },
          right,
        } as const);
  return { kind: "assign", line, variable, expression };
}

function parseValue(state: ParserState, option: string, line: number): Statement {
  const { cursor } = state;
  const value = cursor.isKind("variable")
    ? parseVariable(state)
    : cursor.isKind("word", "string", "nationalString")
      ? cursor.next().text
      : String(cursor.integer());
  if (option === "ROWCOUNT" && value !== "0") throw notImplementedOption("ROWCOUNT", line);
  return { kind: "setOption", line, option, value };
}
