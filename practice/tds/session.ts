// Runs the requests of one logged-in client, one at a time, and sends their answers.
import type { Backend, BackendSession } from "./backend.ts";
import type { SqlOutput } from "../sql-types.ts";
import { createAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { failureMessage } from "./failure.ts";
import { packetType } from "./packets.ts";
import type { Message } from "./packets.ts";
import { preparedStatements } from "./prepared.ts";
import { responseStream } from "./response-stream.ts";
import type { PacketSink, ResponseStream } from "./response-stream.ts";
import { readRpc } from "./rpc.ts";
import type { RpcCall } from "./rpc.ts";
import { env, envBytes } from "./tokens.ts";
import { transactions } from "./transactions.ts";
import { WireError } from "./wire-reader.ts";

export interface SessionOptions {
  readonly backend: Backend;
  readonly session: BackendSession;
  readonly sink: PacketSink;
  readonly packetBytes: number;
  readonly tdsVersion: number;
}

export interface Session {
  readonly session: BackendSession;
  /**
   * Answers one request with one response message, a short one when `signal` aborts. Resolves to "fatal" when the
   * answer ends the connection. Throws WireError when the request is malformed.
   */
  readonly handle: (message: Message, signal: AbortSignal) => Promise<"answered" | "fatal">;
}

const nothing: Buffer = Buffer.alloc(0);

export function createSession(options: SessionOptions): Session {
  const { backend, session, sink, packetBytes, tdsVersion } = options;
  const prepared = preparedStatements();
  const localTransactions = transactions(backend.serverName);

  const newAnswer = (stream: ResponseStream, kind: "batch" | "procedure"): Answer =>
    createAnswer({ stream, kind, serverName: backend.serverName, tdsVersion });

  const reset = (stream: ResponseStream): void => {
    backend.reset(session);
    prepared.clear();
    localTransactions.clear();
    stream.write(envBytes(env.resetConnection, nothing, nothing));
  };

  const runBatch = async (body: Buffer, to: Flow): Promise<void> => {
    await attempt(to, () =>
      pour(backend.execute(session, body.toString("utf16le"), [], to.signal), to),
    );
  };

  /** Resolves to the tokens of the output parameters. */
  const runCall = async (call: RpcCall, to: Flow): Promise<Buffer> => {
    let returnValues = nothing;
    await attempt(to, async () => {
      const work = prepared.plan(call);
      if (work.kind === "execute") {
        await pour(backend.execute(session, work.text, work.parameters, to.signal), to);
      } else if (work.kind === "call") {
        await pour(backend.call(session, work.procedure, work.parameters, to.signal), to);
      }
      if (work.kind !== "call") returnValues = work.returnValues;
    });
    return returnValues;
  };

  const runRpc = async (body: Buffer, to: Flow): Promise<void> => {
    let calls: readonly RpcCall[] = [];
    await attempt(to, () => {
      calls = readRpc(body);
    });
    if (calls.length === 0) to.answer.endProcedure(false, nothing);
    for (const [index, call] of calls.entries()) {
      const returnValues = await runCall(call, to);
      if (to.signal.aborted) return;
      to.answer.endProcedure(index < calls.length - 1, returnValues);
    }
  };

  const runTransaction = (body: Buffer, to: Flow): Promise<void> =>
    attempt(to, () => {
      to.stream.write(localTransactions.answer(body));
    });

  const run = (type: number, body: Buffer, to: Flow): Promise<void> => {
    switch (type) {
      case packetType.sqlBatch:
        return runBatch(body, to);
      case packetType.rpc:
        return runRpc(body, to);
      case packetType.transactionManager:
        return runTransaction(body, to);
      default:
        throw new WireError(`a message of type ${type}`);
    }
  };

  return {
    session,
    handle: async ({ type, body, resetsConnection }, signal) => {
      const stream = responseStream(sink, packetBytes, session.sessionId);
      const answer = newAnswer(stream, type === packetType.rpc ? "procedure" : "batch");
      if (resetsConnection) reset(stream);
      if (!signal.aborted) await run(type, withoutHeaders(body), { stream, answer, signal });
      answer.end(signal.aborted);
      return answer.isFatal() ? "fatal" : "answered";
    },
  };
}

/** Where the outputs of one request go. */
interface Flow {
  readonly stream: ResponseStream;
  readonly answer: Answer;
  readonly signal: AbortSignal;
}

/** Errors become ERROR tokens; those that a cancelled request ends with are nobody's business; bad bytes stay thrown. */
async function attempt(to: Flow, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof WireError) throw error;
    if (!to.signal.aborted) to.answer.put({ kind: "error", message: failureMessage(error) });
  }
}

/**
 * Sends outputs as they come. Rows leave by the full packet, as from a server; a message of a statement that goes on
 * (PRINT, the progress of BACKUP) leaves as soon as the backend has nothing more to say for the moment. Rows must not:
 * the time-out of a request of tedious ends with the first packet of the answer.
 */
async function pour(outputs: AsyncIterable<SqlOutput>, to: Flow): Promise<void> {
  let idle: NodeJS.Immediate | undefined;
  try {
    for await (const output of outputs) {
      if (to.signal.aborted) break;
      to.answer.put(output);
      if (output.kind === "info") {
        idle ??= setImmediate(() => {
          idle = undefined;
          to.stream.flush();
        });
      }
      await to.stream.ready();
    }
  } finally {
    clearImmediate(idle);
  }
}

/** ALL_HEADERS, which only carry a transaction and notifications, begin with their own length. */
function withoutHeaders(body: Buffer): Buffer {
  const headersBytes = body.length < 4 ? 0 : body.readUInt32LE(0);
  if (headersBytes < 4 || headersBytes > body.length) throw new WireError("bad ALL_HEADERS");
  return body.subarray(headersBytes);
}
