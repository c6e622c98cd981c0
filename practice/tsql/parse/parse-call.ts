// Function calls, and the functions that are written unlike all others.
import { SqlError } from "../../sql-types.ts";
import { isBuiltIn } from "../functions/built-ins.ts";
import type { Call, Expression, OrderItem, Window } from "./ast.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseOrderBy } from "./parse-query.ts";
import type { ParserState } from "./parser-state.ts";
import { parseType } from "./parser-state.ts";

const defaultLength = 30;
/** Reserved words that are functions all the same. */
const callableKeywords: ReadonlySet<string> = new Set(["LEFT", "RIGHT", "COALESCE", "NULLIF"]);
const withoutBrackets: ReadonlySet<string> = new Set([
  "SYSTEM_USER",
  "CURRENT_USER",
  "SESSION_USER",
  "CURRENT_TIMESTAMP",
  "USER",
]);
/** Functions whose first argument is the name of a date part. */
const datePartFirst: ReadonlySet<string> = new Set([
  "DATEADD",
  "DATEDIFF",
  "DATEDIFF_BIG",
  "DATEPART",
  "DATENAME",
]);

/** A call when one comes next. Msg 195 for a function SQL Server or the practice estate does not have. */
export function parseCall(state: ParserState): Expression | undefined {
  const { cursor } = state;
  if (!cursor.isKind("word")) return undefined;
  const { upper: name, line } = cursor.peek();
  if (withoutBrackets.has(name)) {
    cursor.next();
    return { kind: "call", call: { name, arguments: [], line } };
  }
  if (cursor.peek(1).upper !== "(") return undefined;
  if (name === "CAST" || name === "TRY_CAST") return parseCast(state);
  if (name === "CONVERT" || name === "TRY_CONVERT") return parseConvert(state);
  if (name === "IIF") return parseIif(state);
  if (!cursor.isName() && !callableKeywords.has(name)) return undefined;
  const { text } = cursor.next();
  if (!isBuiltIn(name) || state.unknownFunctions.has(name)) {
    throw new SqlError(195, `'${text}' is not a recognized built-in function name.`, {
      severity: 15,
      state: 10,
      line,
    });
  }
  const call = cursor.bracketed(() => parseArguments(state, name, line));
  return { kind: "call", call: { ...call, ...parseSuffix(state, name) } };
}

function parseArguments(state: ParserState, name: string, line: number): Call {
  const { cursor } = state;
  if (cursor.is(")")) return { name, arguments: [], line };
  if (cursor.take("*")) return { name, arguments: [], quantifier: "star", line };
  if (cursor.take("DISTINCT")) {
    return { name, arguments: [parseExpression(state)], quantifier: "distinct", line };
  }
  cursor.take("ALL");
  const first = datePartFirst.has(name) ? parseDatePart(state) : parseExpression(state);
  const rest = cursor.take(",") ? cursor.list(() => parseExpression(state)) : [];
  return { name, arguments: [first, ...rest], line };
}

function parseDatePart(state: ParserState): Expression {
  const value = state.cursor.word().toLowerCase();
  return { kind: "literal", value, type: { name: "varchar", length: value.length } };
}

/** What may follow the bracket: WITHIN GROUP (...) and OVER (...). */
function parseSuffix(
  state: ParserState,
  name: string,
): { withinGroup?: OrderItem[]; over?: Window } {
  const { cursor } = state;
  const withinGroup =
    name === "STRING_AGG" && cursor.take("WITHIN", "GROUP")
      ? cursor.bracketed(() => parseOrderBy(state))
      : undefined;
  const over = cursor.take("OVER") ? cursor.bracketed(() => parseWindow(state)) : undefined;
  return {
    ...(withinGroup === undefined ? {} : { withinGroup }),
    ...(over === undefined ? {} : { over }),
  };
}

function parseWindow(state: ParserState): Window {
  const partitionBy = state.cursor.take("PARTITION", "BY")
    ? state.cursor.list(() => parseExpression(state))
    : [];
  return { partitionBy, orderBy: parseOrderBy(state) };
}

function parseCast(state: ParserState): Expression {
  const { cursor } = state;
  const onFailure = cursor.next().upper === "TRY_CAST" ? "null" : "error";
  return cursor.bracketed(() => {
    const operand = parseExpression(state);
    cursor.need("AS");
    return { kind: "convert", to: parseType(state, defaultLength), operand, onFailure };
  });
}

function parseConvert(state: ParserState): Expression {
  const { cursor } = state;
  const onFailure = cursor.next().upper === "TRY_CONVERT" ? "null" : "error";
  return cursor.bracketed(() => {
    const to = parseType(state, defaultLength);
    cursor.need(",");
    const operand = parseExpression(state);
    return cursor.take(",")
      ? { kind: "convert", to, operand, style: parseExpression(state), onFailure }
      : { kind: "convert", to, operand, onFailure };
  });
}

/** IIF(condition, a, b) is CASE in short. */
function parseIif(state: ParserState): Expression {
  const { cursor } = state;
  cursor.next();
  return cursor.bracketed(() => {
    const when = parseCondition(state);
    cursor.need(",");
    const then = parseExpression(state);
    cursor.need(",");
    return { kind: "case", branches: [{ when, then }], otherwise: parseExpression(state) };
  });
}
