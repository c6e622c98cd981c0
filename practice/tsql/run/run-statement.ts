// Runs statements in order, and decides what an error ends: the statement, the text it stands in, or the batch.
import type { SqlMessage, SqlOutput } from "../../sql-types.ts";
import { SqlError } from "../../sql-types.ts";
import type { Reach } from "../errors.ts";
import { reachOf } from "../errors.ts";
import type { Statement } from "../parse/ast.ts";
import type { Flow, Frame } from "./frame.ts";
import { Raised } from "./frame.ts";
import { runControl } from "./run-control.ts";
import { runExecute } from "./run-execute.ts";
import { runSelect } from "./run-select.ts";
import { runServer } from "./run-server.ts";
import { runSimple } from "./run-simple.ts";
import { runDelete, runInsert } from "./run-table-variable.ts";

export type Outputs = AsyncGenerator<SqlOutput, Flow>;

/** Throws Raised for an error that ends more than its statement, or that a TRY around `frame` catches. */
export async function* runStatements(statements: readonly Statement[], frame: Frame): Outputs {
  for (const statement of statements) {
    frame.signal.throwIfAborted();
    const flow = yield* runStatement(statement, frame);
    if (flow !== "next") return flow;
  }
  return "next";
}

export async function* runStatement(statement: Statement, frame: Frame): Outputs {
  try {
    const flow = yield* dispatch(statement, frame);
    if (countsForError(statement)) frame.session.lastError = 0;
    return flow;
  } catch (error) {
    const raised = toRaised(error, statement, frame);
    if (raised.reach !== "statement" || frame.insideTry) throw raised;
    yield* report(raised.sql, frame);
    return "next";
  }
}

/** Sends an error to the client and closes its statement. */
export function* report(message: SqlMessage, frame: Frame): Generator<SqlOutput> {
  frame.session.lastError = message.number;
  frame.session.rowCount = 0;
  yield { kind: "error", message };
  yield { kind: "done" };
}

function toRaised(error: unknown, statement: Statement, frame: Frame): Raised {
  if (error instanceof Raised) return error;
  if (!(error instanceof SqlError)) throw error;
  const reach =
    statement.kind === "throw" ? "batch" : reachWith(error.sql.number, statement, frame);
  return new Raised({ ...error.sql, line: error.sql.line ?? statement.line }, reach);
}

/** SET XACT_ABORT ON makes every run-time error end the batch, RAISERROR excepted. */
function reachWith(number: number, statement: Statement, frame: Frame): Reach {
  const reach = reachOf(number);
  const isHardened = frame.session.xactAbort && statement.kind !== "raiserror";
  return reach === "statement" && isHardened ? "batch" : reach;
}

/** Control of flow leaves @@ERROR as the statements inside set it. */
const countsForError = ({ kind }: Statement): boolean =>
  ![
    "if",
    "while",
    "block",
    "try",
    "executeText",
    "executeProcedure",
    "insertExecute",
    "raiserror",
    "server",
    "backup",
  ].includes(kind);

function dispatch(statement: Statement, frame: Frame): Outputs {
  switch (statement.kind) {
    case "select":
      return runSelect(statement, frame);
    case "if":
    case "while":
    case "block":
    case "try":
      return runControl(statement, frame);
    case "executeText":
    case "executeProcedure":
      return runExecute(statement, frame);
    case "insertExecute":
      return runInsert(statement, frame);
    case "delete":
      return runDelete(statement, frame);
    case "server":
    case "backup":
      return runServer(statement, frame);
    default:
      return runSimple(statement, frame);
  }
}
