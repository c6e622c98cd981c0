// DBCC TRACEON, TRACEOFF and TRACESTATUS; every other DBCC is refused by name.
import { notImplementedOption, notImplementedStatement } from "../errors.ts";
import type { Statement } from "./ast.ts";
import type { ParserState } from "./parser-state.ts";

/** Among the flags: for the whole server. */
const everySession = -1;

/** Behind DBCC. */
export function parseDbcc({ cursor }: ParserState, line: number): Statement {
  const command = cursor.peek().upper;
  if (!["TRACEON", "TRACEOFF", "TRACESTATUS"].includes(command)) {
    throw notImplementedStatement(`DBCC ${command}`, line);
  }
  const verb = `DBCC ${cursor.word()}`;
  const given = cursor.is("(")
    ? cursor.bracketed(() => (cursor.is(")") ? [] : cursor.list(() => cursor.integer())))
    : [];
  const messages = !cursor.take("WITH", "NO_INFOMSGS");
  const flags = given.filter((flag) => flag !== everySession);
  if (command === "TRACESTATUS") {
    return { kind: "server", line, verb, statement: { kind: "dbccTraceStatus", flags, messages } };
  }
  if (flags.length === 0) throw cursor.error();
  if (!given.includes(everySession)) {
    throw notImplementedOption(`${command} for one session`, line);
  }
  const on = command === "TRACEON";
  return { kind: "server", line, verb, statement: { kind: "dbccTrace", on, flags, messages } };
}
