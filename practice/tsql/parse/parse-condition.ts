// Search conditions: what stands behind WHERE, ON, HAVING, IF, WHILE and WHEN.
import { SqlError } from "../../sql-types.ts";
import type { Comparison, Condition, Expression } from "./ast.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseQuery } from "./parse-query.ts";
import type { ParserState } from "./parser-state.ts";

/** OR over AND over NOT over predicates. */
export function parseCondition(state: ParserState): Expression {
  let left = parseAnd(state);
  while (state.cursor.take("OR")) {
    left = { kind: "logical", operator: "OR", left, right: parseAnd(state) };
  }
  return left;
}

function parseAnd(state: ParserState): Expression {
  let left = parseNot(state);
  while (state.cursor.take("AND")) {
    left = { kind: "logical", operator: "AND", left, right: parseNot(state) };
  }
  return left;
}

function parseNot(state: ParserState): Expression {
  if (state.cursor.take("NOT")) return { kind: "not", operand: parseNot(state) };
  if (state.cursor.take("EXISTS")) {
    return { kind: "exists", query: state.cursor.bracketed(() => parseQuery(state)) };
  }
  return parseBracketedCondition(state) ?? parsePredicate(state);
}

/**
 * An opening bracket begins either a condition or an operand, and only what follows its end tells: read as an operand
 * first, and again as a condition where that does not lead to a predicate. Whichever reading came further explains
 * the error.
 */
function parseBracketedCondition(state: ParserState): Expression | undefined {
  const { cursor } = state;
  if (!cursor.is("(")) return undefined;
  const start = cursor.position;
  try {
    return parsePredicate(state);
  } catch (asOperand) {
    if (!(asOperand instanceof SqlError)) throw asOperand;
    const reached = cursor.position;
    cursor.rewind(start);
    try {
      return cursor.bracketed(() => parseCondition(state));
    } catch (asCondition) {
      throw cursor.position > reached ? asCondition : asOperand;
    }
  }
}

const comparisons: readonly (readonly [string, Comparison])[] = [
  ["=", "="],
  ["<>", "<>"],
  ["!=", "<>"],
  ["<=", "<="],
  [">=", ">="],
  ["!<", ">="],
  ["!>", "<="],
  ["<", "<"],
  [">", ">"],
];

function parsePredicate(state: ParserState): Expression {
  const { cursor } = state;
  const left = parseExpression(state);
  const comparison = comparisons.find(([symbol]) => cursor.take(symbol));
  if (comparison !== undefined) {
    return { kind: "compare", operator: comparison[1], left, right: parseExpression(state) };
  }
  if (cursor.take("IS")) {
    const negated = cursor.take("NOT");
    cursor.need("NULL");
    return negate({ kind: "isNull", operand: left }, negated);
  }
  const negated = cursor.take("NOT");
  return negate(parseWordPredicate(state, left), negated);
}

const negate = (operand: Condition, negated: boolean): Expression =>
  negated ? { kind: "not", operand } : operand;

function parseWordPredicate(state: ParserState, operand: Expression): Condition {
  const { cursor } = state;
  if (cursor.take("BETWEEN")) {
    const low = parseExpression(state);
    cursor.need("AND");
    return { kind: "between", operand, low, high: parseExpression(state) };
  }
  if (cursor.take("LIKE")) {
    const pattern = parseExpression(state);
    return cursor.take("ESCAPE")
      ? { kind: "like", operand, pattern, escape: parseExpression(state) }
      : { kind: "like", operand, pattern };
  }
  cursor.need("IN");
  return cursor.bracketed(() =>
    cursor.is("SELECT")
      ? { kind: "inQuery", operand, query: parseQuery(state) }
      : { kind: "inList", operand, list: cursor.list(() => parseExpression(state)) },
  );
}
