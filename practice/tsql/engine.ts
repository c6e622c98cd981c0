// The T-SQL front end of one practice server: sessions, batches, procedure calls.
import type { SqlMessage, SqlOutput, SqlParameter } from "../sql-types.ts";
import { SqlError } from "../sql-types.ts";
import type { Variable } from "./bind/binder.ts";
import type { SessionContext, TsqlHost } from "./host.ts";
import { parseBatch } from "./parse/parse-batch.ts";
import type { Frame } from "./run/frame.ts";
import { Raised, tablesOf, variablesOf } from "./run/frame.ts";
import { report, runStatements } from "./run/run-statement.ts";
import type { Session } from "./run/session.ts";
import { newSession } from "./run/session.ts";
import { Sqlite } from "./sqlite/sqlite.ts";
import { convertValue } from "./types/convert-value.ts";
import { nvarchar } from "./types/static-type.ts";

export interface TsqlEngine {
  /** A connection has logged in; its settings are the defaults. Opening one again starts it afresh. */
  openSession(context: SessionContext): void;
  /** sp_reset_connection: settings and open transactions are forgotten. */
  resetSession(context: SessionContext): void;
  /** The connection is gone. */
  closeSession(session: { readonly sessionId: number }): void;
  /** The settings of a session, for tests and for DMVs that show them; undefined for one that is not open. */
  session(sessionId: number): Readonly<Session> | undefined;
  /**
   * Runs a batch, or the text of sp_executesql with its `parameters`. `context` says where the session stands now; a
   * `database` output says where USE has taken it. Errors come as outputs, none is thrown. Ends soon after `signal`
   * aborts, without a word to the client.
   */
  execute(
    context: SessionContext,
    text: string,
    parameters: readonly SqlParameter[],
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
  /** A procedure called by RPC, other than sp_executesql; its return value comes as a returnStatus output. */
  call(
    context: SessionContext,
    procedure: string,
    parameters: readonly SqlParameter[],
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
}

/** An engine with a SQLite database of its own. */
export async function createTsqlEngine(host: TsqlHost): Promise<TsqlEngine> {
  const sqlite = await Sqlite.open();
  const sessions = new Map<number, Session>();

  const sessionFor = (context: SessionContext): Session => {
    const session = sessions.get(context.sessionId) ?? newSession(context);
    session.context = context;
    sessions.set(context.sessionId, session);
    return session;
  };
  const open = (context: SessionContext) => {
    sessions.set(context.sessionId, newSession(context));
  };
  const frameFor = (context: SessionContext, signal: AbortSignal): Frame => ({
    sqlite,
    host,
    signal,
    session: sessionFor(context),
    variables: new Map(),
    tables: new Map(),
    caught: undefined,
    insideTry: false,
    insideInsert: false,
    depth: 0,
  });

  return {
    openSession: open,
    resetSession: open,
    closeSession: ({ sessionId }) => void sessions.delete(sessionId),
    session: (sessionId) => sessions.get(sessionId),
    execute: (context, text, parameters, signal) => {
      const frame = frameFor(context, signal);
      return recorded(frame, text, runBatch(frame, text, parameters));
    },
    call: (context, procedure, parameters, signal) => {
      const frame = frameFor(context, signal);
      return recorded(frame, `EXEC ${procedure}`, callProcedure(frame, procedure, parameters));
    },
  };
}

async function* runBatch(
  frame: Frame,
  text: string,
  parameters: readonly SqlParameter[],
): AsyncGenerator<SqlOutput> {
  const given = new Map(parameters.map(variableOf));
  const types = new Map([...given].map(([name, { type }]) => [name, type]));
  const batch = parseBatch(text, {
    quotedIdentifier: frame.session.quotedIdentifier,
    parameters: types,
    unknownFunctions: frame.host.unknownFunctions,
  });
  const own = { variables: variablesOf(batch, given), tables: tablesOf(batch) };
  yield* runStatements(batch.statements, { ...frame, ...own });
}

function variableOf({ name, type, value }: SqlParameter): readonly [string, Variable] {
  const declared = type ?? nvarchar("max");
  return [name.toLowerCase(), { type: declared, value: convertValue(value, declared) }];
}

async function* callProcedure(
  frame: Frame,
  procedure: string,
  parameters: readonly SqlParameter[],
): AsyncGenerator<SqlOutput> {
  const args = new Map(
    parameters.map(({ name, value }, index) => [name === "" ? `@${index + 1}` : name, value]),
  );
  yield* frame.host.run(
    { kind: "procedure", name: procedure, arguments: args },
    frame.session.context,
    frame.signal,
  );
}

/** Tells the host what was received and how it ended; turns what is thrown into the client's error. */
async function* recorded(
  frame: Frame,
  text: string,
  outputs: AsyncIterable<SqlOutput>,
): AsyncGenerator<SqlOutput> {
  const ended = frame.host.received(text, frame.session.context);
  let failure: SqlMessage | undefined;
  let isOver = false;
  try {
    for await (const output of outputs) {
      if (output.kind === "error") failure = output.message;
      yield output;
    }
    isOver = true;
  } catch (error) {
    if (frame.signal.aborted) return;
    if (!(error instanceof SqlError) && !(error instanceof Raised)) throw error;
    failure = { line: 1, ...error.sql };
    isOver = true;
    yield* report(failure, frame);
  } finally {
    if (!isOver) ended("cancelled");
    else if (failure === undefined) ended("done");
    else ended("error", failure.number);
  }
}
