// What stands behind FROM: tables, functions, derived tables and their joins.
import { notImplementedOption } from "../errors.ts";
import type { JoinType, Source } from "./ast.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseExpression, parsePath } from "./parse-expression.ts";
import { parseAlias, parseQuery, skipBracketed } from "./parse-query.ts";
import { parseTableVariable } from "./parse-table-variable.ts";
import type { ParserState } from "./parser-state.ts";

/** One source and everything joined to it. */
export function parseSource(state: ParserState): Source {
  let left = parseOperand(state);
  for (;;) {
    const type = takeJoin(state);
    if (type === undefined) return left;
    const needsCondition = type !== "CROSS" && !type.endsWith("APPLY");
    const right = parseOperand(state);
    if (!needsCondition) {
      left = { kind: "join", type, left, right };
      continue;
    }
    left = { kind: "join", type, ...parseOn(state, left, right) };
  }
}

/** `a JOIN b JOIN c ON ... ON ...`: joins that begin before the ON of this one belong to its right side. */
function parseOn(state: ParserState, left: Source, right: Source) {
  const { cursor } = state;
  let inner = right;
  while (!cursor.is("ON")) {
    const type = takeJoin(state);
    if (type === undefined) throw cursor.error();
    inner = { kind: "join", type, ...parseOn(state, inner, parseOperand(state)) };
  }
  cursor.need("ON");
  return { left, right: inner, on: parseCondition(state) };
}

function takeJoin(state: ParserState): JoinType | undefined {
  const { cursor } = state;
  if (cursor.take("CROSS", "JOIN")) return "CROSS";
  if (cursor.take("CROSS", "APPLY")) return "CROSS APPLY";
  if (cursor.take("OUTER", "APPLY")) return "OUTER APPLY";
  if (cursor.take("JOIN") || cursor.take("INNER", "JOIN")) return "INNER";
  for (const side of ["LEFT", "RIGHT", "FULL"] as const) {
    if (cursor.take(side, "JOIN") || cursor.take(side, "OUTER", "JOIN")) return side;
  }
  return undefined;
}

function parseOperand(state: ParserState): Source {
  const { cursor } = state;
  if (cursor.is("(")) return parseBracketed(state);
  if (cursor.isKind("variable")) {
    const name = parseTableVariable(state);
    const alias = parseAlias(state, false);
    return { kind: "tableVariable", name, ...(alias === undefined ? {} : { alias }) };
  }
  const { line } = cursor.peek();
  const path = parsePath(state);
  const isFunction = cursor.is("(") && !isOldHint(state);
  const args = isFunction
    ? cursor.bracketed(() => (cursor.is(")") ? [] : cursor.list(() => parseExpression(state))))
    : undefined;
  const alias = parseAlias(state, false);
  skipHints(state);
  return {
    kind: "table",
    path,
    line,
    ...(alias === undefined ? {} : { alias }),
    ...(args === undefined ? {} : { arguments: args }),
  };
}

function parseBracketed(state: ParserState): Source {
  const { cursor } = state;
  if (cursor.peek(1).upper === "VALUES") throw notImplementedOption("VALUES", cursor.peek().line);
  if (cursor.peek(1).upper !== "SELECT") return cursor.bracketed(() => parseSource(state));
  const query = cursor.bracketed(() => parseQuery(state));
  cursor.take("AS");
  const alias = cursor.name();
  const columns = cursor.is("(") ? cursor.bracketed(() => cursor.list(() => cursor.name())) : [];
  return { kind: "derived", query, alias, columns };
}

/** `FROM t (NOLOCK)`, the form without WITH. */
const isOldHint = (state: ParserState): boolean =>
  state.cursor.is("(") &&
  state.cursor.peek(1).upper === "NOLOCK" &&
  state.cursor.peek(2).upper === ")";

/** Table hints speak of locks, and nothing here locks. */
function skipHints(state: ParserState): void {
  const { cursor } = state;
  if (cursor.is("WITH", "(")) cursor.need("WITH");
  else if (!isOldHint(state)) return;
  skipBracketed(state);
}
