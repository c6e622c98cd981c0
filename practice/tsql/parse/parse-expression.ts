// Scalar expressions, by the operator precedence of T-SQL.
import type { Expression } from "./ast.ts";
import { parseCall } from "./parse-call.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseQuery } from "./parse-query.ts";
import type { ParserState } from "./parser-state.ts";
import { parseLiteral, parseVariable } from "./parser-state.ts";

/** `+ - & | ^` bind alike, weaker than `* / %` ("Operator Precedence (Transact-SQL)"). */
export function parseExpression(state: ParserState): Expression {
  const { cursor } = state;
  let left = parseTerm(state);
  for (;;) {
    const operator = (["+", "-", "&", "|", "^"] as const).find((symbol) => cursor.take(symbol));
    if (operator === undefined) return left;
    left = { kind: "arithmetic", operator, left, right: parseTerm(state) };
  }
}

function parseTerm(state: ParserState): Expression {
  let left = parseUnary(state);
  for (;;) {
    const operator = (["*", "/", "%"] as const).find((symbol) => state.cursor.take(symbol));
    if (operator === undefined) return left;
    left = { kind: "arithmetic", operator, left, right: parseUnary(state) };
  }
}

function parseUnary(state: ParserState): Expression {
  if (state.cursor.take("-")) return { kind: "negate", operand: parseUnary(state) };
  if (state.cursor.take("+")) return parseUnary(state);
  return parseCollate(state, parsePrimary(state));
}

/** Collations ending in _BIN, _BIN2 or with _CS compare case-sensitively; all others do not. */
function parseCollate(state: ParserState, operand: Expression): Expression {
  if (!state.cursor.take("COLLATE")) return operand;
  const collation = state.cursor.word();
  return { kind: "collate", operand, caseSensitive: /_BIN2?$|_CS(?:_|$)/u.test(collation) };
}

function parsePrimary(state: ParserState): Expression {
  const { cursor } = state;
  const literal = parseLiteral(state);
  if (literal !== undefined) return literal;
  if (cursor.isKind("variable")) return { kind: "variable", name: parseVariable(state) };
  if (cursor.isKind("global")) {
    const token = cursor.next();
    return { kind: "global", name: token.text.slice(2).toUpperCase(), line: token.line };
  }
  if (cursor.is("(")) {
    return cursor.bracketed(() =>
      cursor.is("SELECT") ? { kind: "subquery", query: parseQuery(state) } : parseExpression(state),
    );
  }
  if (cursor.take("CASE")) return parseCase(state);
  return parseCall(state) ?? parseColumn(state);
}

function parseCase(state: ParserState): Expression {
  const { cursor } = state;
  const subject = cursor.is("WHEN") ? undefined : parseExpression(state);
  const branches: { when: Expression; then: Expression }[] = [];
  while (cursor.take("WHEN")) {
    const when = subject === undefined ? parseCondition(state) : parseExpression(state);
    cursor.need("THEN");
    branches.push({ when, then: parseExpression(state) });
  }
  if (branches.length === 0) throw cursor.error();
  const otherwise = cursor.take("ELSE") ? parseExpression(state) : undefined;
  cursor.need("END");
  return {
    kind: "case",
    branches,
    ...(subject === undefined ? {} : { subject }),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function parseColumn(state: ParserState): Expression {
  const line = state.cursor.peek().line;
  return { kind: "column", path: parsePath(state), line };
}

/** `a`, `a.b`, `a..b`, ... : parts in order, an omitted one empty. */
export function parsePath(state: ParserState): string[] {
  const { cursor } = state;
  const path = [cursor.name()];
  while (cursor.is(".") && cursor.peek(1).upper !== "*") {
    cursor.need(".");
    path.push(cursor.is(".") ? "" : cursor.name());
  }
  return path;
}
