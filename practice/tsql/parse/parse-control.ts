// BEGIN ... END, BEGIN TRY ... CATCH, BEGIN TRANSACTION and IF ... ELSE.
import type { Statement } from "./ast.ts";
import { parseStatements } from "./parse-batch.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseSingle, parseTransaction } from "./parse-statement.ts";
import type { ParserState } from "./parser-state.ts";

/** Behind BEGIN. An empty block is a syntax error, as on the server. */
export function parseBegin(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (cursor.is("TRAN") || cursor.is("TRANSACTION")) return parseTransaction(state, line, "BEGIN");
  if (cursor.take("TRY")) return parseTry(state, line);
  return { kind: "block", line, body: parseUntilEnd(state) };
}

function parseUntilEnd(state: ParserState): Statement[] {
  const { cursor } = state;
  const body = parseStatements(state, () => cursor.is("END"));
  if (body.length === 0) throw cursor.error();
  cursor.need("END");
  return body;
}

/** The CATCH block, unlike others, may be empty. */
function parseTry(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const body = parseUntilEnd(state);
  cursor.need("TRY", "BEGIN", "CATCH");
  const handler = parseStatements(state, () => cursor.is("END"));
  cursor.need("END", "CATCH");
  return { kind: "try", line, body, handler };
}

/** Behind IF. A semicolon before ELSE is allowed. */
export function parseIf(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const condition = parseCondition(state);
  const then = parseSingle(state);
  const beforeElse = cursor.position;
  while (cursor.take(";"));
  if (!cursor.take("ELSE")) {
    cursor.rewind(beforeElse);
    return { kind: "if", line, condition, then };
  }
  return { kind: "if", line, condition, then, otherwise: parseSingle(state) };
}
