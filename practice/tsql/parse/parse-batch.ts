// Parses a whole batch before any of it runs, as the server does.
import { SqlError } from "../../sql-types.ts";
import { lex } from "../lex/lex.ts";
import type { StaticType } from "../types/static-type.ts";
import type { Batch, Statement } from "./ast.ts";
import { parseProcedureCall } from "./parse-execute.ts";
import { parseStatement } from "./parse-statement.ts";
import type { ParserState } from "./parser-state.ts";
import { parserState } from "./parser-state.ts";

export interface ParseOptions {
  /** SET QUOTED_IDENTIFIER of the session: whether "x" is a name. */
  readonly quotedIdentifier: boolean;
  /** Parameters of sp_executesql, by lower-case name with @. */
  readonly parameters: ReadonlyMap<string, StaticType>;
  /** Functions the server's version does not have, by upper-case name. */
  readonly unknownFunctions: ReadonlySet<string> | undefined;
}

/** Errors: 102, 105, 113, 134, 137, 156, 195, 243, 319 and the 405xx of what is not implemented; then nothing runs. */
export function parseBatch(text: string, options: ParseOptions): Batch {
  const state = parserState(
    lex(text, options.quotedIdentifier),
    options.parameters,
    options.unknownFunctions,
  );
  const { cursor } = state;
  const startsWithProcedure = cursor.isName() && cursor.peek().upper !== "THROW";
  const first = startsWithProcedure ? [parseProcedureCall(state)] : [];
  const statements = [...first, ...parseStatements(state, () => cursor.atEnd)];
  return { statements, variables: state.variables, tables: state.tables };
}

/**
 * Statements up to `isEnd`. Semicolons are optional, except before WITH (319) and THROW (102): without one those words
 * would belong to the statement before.
 */
export function parseStatements(state: ParserState, isEnd: () => boolean): Statement[] {
  const { cursor } = state;
  const statements: Statement[] = [];
  let isSeparated = !followsStatement(state);
  for (;;) {
    while (cursor.take(";")) isSeparated = true;
    if (isEnd()) return statements;
    if (cursor.atEnd) throw cursor.error();
    if (!isSeparated && cursor.is("THROW")) throw cursor.error();
    if (!isSeparated && cursor.is("WITH")) throw missingSemicolon(cursor.peek().line);
    statements.push(...parseStatement(state));
    isSeparated = false;
  }
}

/** Whether a procedure call without EXEC, the only statement before the loop, has just been read. */
const followsStatement = (state: ParserState): boolean =>
  state.cursor.previous !== undefined &&
  !["BEGIN", "TRY", "CATCH", ";"].includes(state.cursor.previous.upper);

function missingSemicolon(line: number): SqlError {
  return new SqlError(
    319,
    "Incorrect syntax near the keyword 'with'. If this statement is a common table expression, an xmlnamespaces clause or a change tracking context clause, the previous statement must be terminated with a semicolon.",
    { severity: 15, line },
  );
}
