// Queries: WITH, SELECT, UNION and its kin, ORDER BY, OFFSET, OPTION.
import { notImplementedOption } from "../errors.ts";
import type {
  CommonTable,
  Expression,
  OrderItem,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperator,
} from "./ast.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseSource } from "./parse-source.ts";
import type { ParserState } from "./parser-state.ts";
import { parseVariable } from "./parser-state.ts";

/** A whole query, from WITH or SELECT to the last OPTION. */
export function parseQuery(state: ParserState): Query {
  const { cursor } = state;
  const commonTables = cursor.take("WITH") ? cursor.list(() => parseCommonTable(state)) : [];
  const body = parseBody(state);
  const orderBy = parseOrderBy(state);
  const offset = cursor.take("OFFSET") ? parseRowCount(state) : undefined;
  const fetch = offset !== undefined && cursor.take("FETCH") ? parseFetch(state) : undefined;
  if (cursor.is("FOR")) throw notImplementedOption("FOR", cursor.peek().line);
  if (cursor.take("OPTION")) skipBracketed(state);
  return {
    commonTables,
    body,
    orderBy,
    ...(offset === undefined ? {} : { offset }),
    ...(fetch === undefined ? {} : { fetch }),
  };
}

function parseRowCount(state: ParserState): Expression {
  const count = parseExpression(state);
  if (!state.cursor.take("ROWS")) state.cursor.need("ROW");
  return count;
}

function parseFetch(state: ParserState): Expression {
  if (!state.cursor.take("NEXT")) state.cursor.need("FIRST");
  const count = parseRowCount(state);
  state.cursor.need("ONLY");
  return count;
}

/** Query hints change no result and need no reading beyond their brackets. */
export function skipBracketed(state: ParserState): void {
  const { cursor } = state;
  cursor.need("(");
  for (let depth = 1; depth > 0;) {
    const token = cursor.next();
    if (token.upper === "(") depth += 1;
    if (token.upper === ")") depth -= 1;
  }
}

function parseCommonTable(state: ParserState): CommonTable {
  const { cursor } = state;
  const name = cursor.name();
  const columns = cursor.is("(") ? cursor.bracketed(() => cursor.list(() => cursor.name())) : [];
  cursor.need("AS");
  return { name, columns, query: cursor.bracketed(() => parseQuery(state)) };
}

/** INTERSECT binds tighter than UNION and EXCEPT. */
function parseBody(state: ParserState): QueryBody {
  const { cursor } = state;
  let left = parseIntersect(state);
  for (;;) {
    const operator = takeSetOperator(state);
    if (operator === undefined) return left;
    left = { kind: "set", operator, left, right: parseIntersect(state) };
  }
  function takeSetOperator(inner: ParserState): SetOperator | undefined {
    if (inner.cursor.take("UNION")) return cursor.take("ALL") ? "UNION ALL" : "UNION";
    return cursor.take("EXCEPT") ? "EXCEPT" : undefined;
  }
}

function parseIntersect(state: ParserState): QueryBody {
  let left = parseOperand(state);
  while (state.cursor.take("INTERSECT")) {
    left = { kind: "set", operator: "INTERSECT", left, right: parseOperand(state) };
  }
  return left;
}

function parseOperand(state: ParserState): QueryBody {
  return state.cursor.is("(") ? state.cursor.bracketed(() => parseBody(state)) : parseSelect(state);
}

function parseSelect(state: ParserState): Select {
  const { cursor } = state;
  const { line } = cursor.peek();
  cursor.need("SELECT");
  const rows = cursor.take("DISTINCT") ? "distinct" : "all";
  cursor.take("ALL");
  const top = cursor.take("TOP") ? parseTop(state) : undefined;
  const items = cursor.list(() => parseItem(state));
  if (cursor.is("INTO")) throw notImplementedOption("INTO", cursor.peek().line);
  const from = cursor.take("FROM") ? cursor.list(() => parseSource(state)) : [];
  const where = cursor.take("WHERE") ? parseCondition(state) : undefined;
  const groupBy = cursor.take("GROUP", "BY") ? cursor.list(() => parseExpression(state)) : [];
  const having = cursor.take("HAVING") ? parseCondition(state) : undefined;
  return {
    kind: "select",
    rows,
    items,
    from,
    groupBy,
    line,
    ...(top === undefined ? {} : { top }),
    ...(where === undefined ? {} : { where }),
    ...(having === undefined ? {} : { having }),
  };
}

function parseTop(state: ParserState): Expression {
  const { cursor } = state;
  const count: Expression = cursor.is("(")
    ? cursor.bracketed(() => parseExpression(state))
    : { kind: "literal", value: cursor.integer(), type: { name: "int" } };
  if (cursor.is("PERCENT") || cursor.is("WITH", "TIES")) {
    throw notImplementedOption(cursor.peek().text, cursor.peek().line);
  }
  return count;
}

function parseItem(state: ParserState): SelectItem {
  const { cursor } = state;
  const star = parseStar(state);
  if (star !== undefined) return star;
  if (cursor.isKind("variable") && cursor.peek(1).upper === "=") {
    const variable = parseVariable(state);
    cursor.need("=");
    return { kind: "assign", variable, expression: parseExpression(state) };
  }
  if ((cursor.isName() || cursor.isKind("string")) && cursor.peek(1).upper === "=") {
    const alias = cursor.next().text;
    cursor.need("=");
    return { kind: "expression", expression: parseExpression(state), alias };
  }
  const expression = parseExpression(state);
  const alias = parseAlias(state, true);
  return { kind: "expression", expression, ...(alias === undefined ? {} : { alias }) };
}

/** `*`, `t.*`, `dbo.t.*`. */
function parseStar(state: ParserState): SelectItem | undefined {
  const { cursor } = state;
  const { line } = cursor.peek();
  let ahead = 0;
  while (cursor.isName(ahead) && cursor.peek(ahead + 1).upper === ".") ahead += 2;
  if (cursor.peek(ahead).upper !== "*") return undefined;
  const qualifier: string[] = [];
  while (!cursor.take("*")) {
    qualifier.push(cursor.name());
    cursor.need(".");
  }
  return { kind: "star", qualifier, line };
}

/** `AS name`, `AS 'name'` or the name alone; only columns may be named by a string. */
export function parseAlias(state: ParserState, takesString: boolean): string | undefined {
  const { cursor } = state;
  const hasAs = cursor.take("AS");
  if (takesString && cursor.isKind("string", "nationalString")) return cursor.string();
  return hasAs || cursor.isName() ? cursor.name() : undefined;
}

/** ORDER BY and its list; empty when there is none. */
export function parseOrderBy(state: ParserState): OrderItem[] {
  const { cursor } = state;
  if (!cursor.take("ORDER", "BY")) return [];
  return cursor.list(() => {
    const expression = parseExpression(state);
    const direction = cursor.take("DESC") ? "DESC" : "ASC";
    cursor.take("ASC");
    return { expression, direction };
  });
}
