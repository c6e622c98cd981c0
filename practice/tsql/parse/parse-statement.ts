// One statement: which parser reads it, and the short ones.
import { notImplementedStatement } from "../errors.ts";
import type { Statement } from "./ast.ts";
import { parseAlter, parseCreate, parseDrop, parseKill } from "./parse-alter.ts";
import { parseBackup, parseRestore } from "./parse-backup.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseBegin, parseIf } from "./parse-control.ts";
import { parseDbcc } from "./parse-dbcc.ts";
import { parseExecute } from "./parse-execute.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseQuery } from "./parse-query.ts";
import { parseDeclare, parseSet } from "./parse-set.ts";
import { parseDelete, parseInsert } from "./parse-table-variable.ts";
import type { ParserState } from "./parser-state.ts";
import { parseConstantOrVariable } from "./parser-state.ts";

/** Begins behind the keyword; DECLARE may become several statements or none. */
type Parse = (state: ParserState, line: number) => Statement | readonly Statement[];

const parsers: Readonly<Record<string, Parse>> = {
  USE: ({ cursor }, line) => ({ kind: "use", line, database: cursor.name() }),
  DECLARE: parseDeclare,
  SET: parseSet,
  PRINT: (state, line) => ({ kind: "print", line, expression: parseExpression(state) }),
  BEGIN: parseBegin,
  IF: parseIf,
  WHILE: (state, line) => {
    const condition = parseCondition(state);
    return { kind: "while", line, condition, body: parseSingle(state) };
  },
  BREAK: (_, line) => ({ kind: "break", line }),
  CONTINUE: (_, line) => ({ kind: "continue", line }),
  RETURN: (state, line) =>
    state.cursor.atStatementEnd
      ? { kind: "return", line }
      : { kind: "return", line, value: parseExpression(state) },
  WAITFOR: (state, line) => {
    state.cursor.need("DELAY");
    return { kind: "waitfor", line, delay: parseConstantOrVariable(state) };
  },
  RAISERROR: parseRaiserror,
  THROW: parseThrow,
  EXEC: parseExecute,
  EXECUTE: parseExecute,
  COMMIT: (state, line) => parseTransaction(state, line, "COMMIT"),
  ROLLBACK: (state, line) => parseTransaction(state, line, "ROLLBACK"),
  BACKUP: parseBackup,
  RESTORE: parseRestore,
  ALTER: parseAlter,
  CREATE: parseCreate,
  DROP: parseDrop,
  INSERT: parseInsert,
  DELETE: parseDelete,
  KILL: parseKill,
  DBCC: parseDbcc,
};

/** Statements of SQL Server that the practice estate refuses by name. */
const refused: ReadonlySet<string> = new Set(
  "CHECKPOINT DENY GOTO GRANT MERGE RECONFIGURE REVERT REVOKE SAVE SHUTDOWN TRUNCATE UPDATE".split(
    " ",
  ),
);

/** The next statement. DECLARE with several initial values gives several. */
export function parseStatement(state: ParserState): readonly Statement[] {
  const { cursor } = state;
  const { upper, line } = cursor.peek();
  if (cursor.is("SELECT") || cursor.is("WITH") || cursor.is("(")) {
    return [{ kind: "select", line, query: parseQuery(state) }];
  }
  if (refused.has(upper)) throw notImplementedStatement(upper, line);
  const parse = Object.hasOwn(parsers, upper) ? parsers[upper] : undefined;
  if (parse === undefined) throw cursor.error();
  cursor.next();
  const parsed = parse(state, line);
  return "kind" in parsed ? [parsed] : parsed;
}

/** The one statement that IF, ELSE and WHILE govern. */
export function parseSingle(state: ParserState): Statement {
  const { line } = state.cursor.peek();
  const body = parseStatement(state);
  const [only] = body;
  return only !== undefined && body.length === 1 ? only : { kind: "block", line, body };
}

/** Behind BEGIN, COMMIT or ROLLBACK: an optional TRAN[SACTION] [name]. */
export function parseTransaction(
  state: ParserState,
  line: number,
  action: "BEGIN" | "COMMIT" | "ROLLBACK",
): Statement {
  const { cursor } = state;
  const isNamed = cursor.take("TRAN") || cursor.take("TRANSACTION");
  if (!isNamed) cursor.take("WORK");
  if (isNamed && cursor.isName() && !cursor.atStatementEnd) cursor.name();
  return { kind: "transaction", line, action };
}

function parseRaiserror(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const args = cursor.bracketed(() => cursor.list(() => parseConstantOrVariable(state)));
  if (args.length < 3) throw cursor.error();
  if (cursor.take("WITH")) cursor.list(() => cursor.word());
  return { kind: "raiserror", line, arguments: args };
}

function parseThrow(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (cursor.atStatementEnd) return { kind: "throw", line, arguments: [] };
  const args = cursor.list(() => parseConstantOrVariable(state));
  if (args.length !== 3) throw cursor.error();
  return { kind: "throw", line, arguments: args };
}
