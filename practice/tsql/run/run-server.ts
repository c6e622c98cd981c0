// Statements the server behind the front end carries out.
import { SqlError } from "../../sql-types.ts";
import type { SqlMessage, SqlOutput } from "../../sql-types.ts";
import type { ServerStatement } from "../host.ts";
import type { Backup, Expression, Statement } from "../parse/ast.ts";
import { nvarchar } from "../types/static-type.ts";
import type { Flow, Frame } from "./frame.ts";
import { Raised } from "./frame.ts";
import { evaluate } from "./run-query.ts";
import type { Outputs } from "./run-statement.ts";

/** Errors: what the server refuses, and 226, 574, 3021, 6115 inside a transaction. */
export async function* runServer(
  statement: Statement & { kind: "server" | "backup" },
  frame: Frame,
): Outputs {
  const verb = statement.kind === "backup" ? "BACKUP" : statement.verb;
  if (frame.session.transactionCount > 0) refuseInTransaction(verb);
  const resolved =
    statement.kind === "backup"
      ? backupOf(statement.backup, frame)
      : withDatabase(statement.statement, frame);
  const failure = yield* passOn(
    frame.host.run(resolved, frame.session.context, frame.signal),
    frame,
  );
  return yield* finish(failure, frame);
}

/**
 * Passes on what the host answers and gives back its last error. Inside TRY errors are held back, for CATCH handles
 * them; outside they go to the client at once.
 */
export async function* passOn(
  outputs: AsyncIterable<SqlOutput>,
  frame: Frame,
): AsyncGenerator<SqlOutput, SqlMessage | undefined> {
  let failure: SqlMessage | undefined;
  for await (const output of outputs) {
    if (output.kind === "error") failure = output.message;
    if (output.kind !== "error" || !frame.insideTry) yield output;
  }
  return failure;
}

/** Closes the statement. An error the client already has still ends the text it stands in under XACT_ABORT. */
export function* finish(failure: SqlMessage | undefined, frame: Frame): Generator<SqlOutput, Flow> {
  if (failure !== undefined && frame.insideTry) throw new Raised(failure, "statement");
  frame.session.lastError = failure?.number ?? 0;
  yield { kind: "done" };
  return failure !== undefined && frame.session.xactAbort ? "return" : "next";
}

function refuseInTransaction(verb: string): void {
  if (verb.startsWith("ALTER DATABASE")) {
    throw new SqlError(
      226,
      "ALTER DATABASE statement not allowed within multi-statement transaction.",
      { state: 6 },
    );
  }
  if (verb.endsWith("AVAILABILITY GROUP")) {
    throw new SqlError(574, `${verb} statement cannot be used inside a user transaction.`, {
      state: 0,
    });
  }
  if (verb === "BACKUP") {
    throw new SqlError(3021, "Cannot perform a backup or restore operation within a transaction.", {
      state: 0,
    });
  }
  if (verb === "KILL")
    throw new SqlError(6115, "KILL command cannot be used inside user transactions.");
}

/** ALTER DATABASE CURRENT means the database of the session. */
function withDatabase(statement: ServerStatement, frame: Frame): ServerStatement {
  const isCurrent = "database" in statement && statement.database === "";
  return isCurrent ? { ...statement, database: frame.session.context.currentDatabase } : statement;
}

function backupOf(
  { what, database, media, options, moves = [] }: Backup,
  frame: Frame,
): ServerStatement {
  const text = (expression: Expression) =>
    String(evaluate(frame.sqlite, frame, expression, nvarchar("max")) ?? "");
  const files = media.map(({ kind, path }) => ({ kind, path: text(path) }));
  const values = new Map(
    options.map(({ name, value }) => [name, value === undefined ? "" : text(value)]),
  );
  if (what === "RESTORE") {
    const to = new Map(moves.map((move) => [text(move.file), text(move.to)]));
    return {
      kind: "restoreDatabase",
      database: text(database),
      from: files,
      moves: to,
      options: values,
    };
  }
  return what === "LOG" || what === "DATABASE"
    ? { kind: "backup", what, database: text(database), to: files, options: values }
    : { kind: "restoreRead", what, from: files, options: values };
}
