// EXEC of a text and EXEC of a procedure.
import { notImplementedOption } from "../errors.ts";
import type { Expression, ProcedureArgument, Statement } from "./ast.ts";
import { parsePath } from "./parse-expression.ts";
import type { ParserState } from "./parser-state.ts";
import { parseConstantOrVariable, parseVariable } from "./parser-state.ts";

/** Behind EXEC. The text in brackets is literals and variables joined by +, nothing else ("EXECUTE (Transact-SQL)"). */
export function parseExecute(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (!cursor.is("(")) return { ...parseProcedureCall(state), line };
  const parts = cursor.bracketed(() => {
    const found = [parseTextPart(state)];
    while (cursor.take("+")) found.push(parseTextPart(state));
    return found;
  });
  if (cursor.is("AT") || cursor.is("AS")) throw notImplementedOption(cursor.peek().text, line);
  return { kind: "executeText", line, parts };
}

function parseTextPart(state: ParserState): Expression {
  if (!state.cursor.isKind("variable", "string", "nationalString")) throw state.cursor.error();
  return parseConstantOrVariable(state);
}

/** `[@result =] procedure [[@name =] value [OUTPUT], ...]`, with or without EXEC before it. */
export function parseProcedureCall(state: ParserState): Statement {
  const { cursor } = state;
  const { line } = cursor.peek();
  const result =
    cursor.isKind("variable") && cursor.peek(1).upper === "=" ? parseVariable(state) : undefined;
  if (result !== undefined) cursor.need("=");
  const procedure = parsePath(state).join(".");
  const args = cursor.atStatementEnd ? [] : cursor.list(() => parseArgument(state));
  return {
    kind: "executeProcedure",
    line,
    procedure,
    arguments: args,
    ...(result === undefined ? {} : { result }),
  };
}

function parseArgument(state: ParserState): ProcedureArgument {
  const { cursor } = state;
  const isNamed = cursor.isKind("variable") && cursor.peek(1).upper === "=";
  const name = isNamed ? cursor.next().text : undefined;
  if (isNamed) cursor.need("=");
  const value = parseArgumentValue(state);
  const isOutput = cursor.take("OUTPUT") || cursor.take("OUT");
  return { value, direction: isOutput ? "output" : "in", ...(name === undefined ? {} : { name }) };
}

/** A bare word is a string here: EXEC sp_who active. */
function parseArgumentValue(state: ParserState): Expression {
  const { cursor } = state;
  if (!cursor.isName()) return parseConstantOrVariable(state);
  const value = cursor.name();
  return { kind: "literal", value, type: { name: "nvarchar", length: Math.max(1, value.length) } };
}
