// Turns what the backend says into the tokens of one response: rows, messages and the DONE that closes each statement.
import type { Column, SqlMessage, SqlOutput, SqlValue } from "../sql-types.ts";
import type { ResponseStream } from "./response-stream.ts";
import { columnsFor, readsNullBitmap } from "./tds-version.ts";
import * as tokens from "./tokens.ts";

export interface AnswerOptions {
  readonly stream: ResponseStream;
  /** A batch closes statements with DONE, a procedure with DONEINPROC and itself with DONEPROC. */
  readonly kind: "batch" | "procedure";
  readonly serverName: string;
  readonly tdsVersion: number;
}

export interface Answer {
  /** Throws TypeError when the output does not fit what came before it, and what `encodeValue` throws. */
  readonly put: (output: SqlOutput) => void;
  /** Closes a procedure; `returnValues` are its finished tokens. `more`: another procedure follows. */
  readonly endProcedure: (more: boolean, returnValues: Buffer) => void;
  /** Closes the response. `cancelled`: the client has given up on the request. */
  readonly end: (cancelled: boolean) => void;
  /** An error of severity 20 or more was sent: the server ends the connection behind it. */
  readonly isFatal: () => boolean;
}

interface ResultSet {
  readonly columns: readonly Column[];
  readonly rowCount: number;
}

interface Statement {
  readonly status: number;
  readonly command: number;
  readonly rowCount: number;
}

const { done, doneCommand, doneStatus, doneToken } = tokens;
const fatalSeverity = 20;

export function createAnswer(options: AnswerOptions): Answer {
  const { stream, kind, serverName, tdsVersion } = options;
  let resultSet: ResultSet | undefined;
  let failedNumber: number | undefined;
  let procedureStatus: number | undefined;
  let procedureFailed: number | undefined;
  let fatal = false;
  /** A DONE that is not sent before it is known whether another statement follows. */
  let held: Statement | undefined;

  const release = (last: boolean): void => {
    if (held === undefined) return;
    const token = kind === "batch" || last ? doneToken.done : doneToken.doneInProc;
    const more = last ? doneStatus.final : doneStatus.more;
    stream.write(done({ ...held, token, status: held.status | more }));
    held = undefined;
  };
  const write = (bytes: Buffer): void => {
    release(false);
    stream.write(bytes);
  };
  const closeStatement = (rowCount: number | undefined): void => {
    release(false);
    const count = failedNumber === undefined ? (rowCount ?? resultSet?.rowCount) : undefined;
    held = {
      status:
        (failedNumber === undefined ? 0 : doneStatus.error) |
        (count === undefined ? 0 : doneStatus.count),
      command: resultSet === undefined ? doneCommand.none : doneCommand.select,
      rowCount: count ?? 0,
    };
    resultSet = undefined;
    failedNumber = undefined;
  };
  const closeOpenStatement = (): void => {
    if (resultSet !== undefined || failedNumber !== undefined) closeStatement(undefined);
  };

  const putRow = (values: readonly SqlValue[]): void => {
    if (resultSet === undefined) throw new TypeError("a row without columns");
    write(tokens.row(resultSet.columns, values, readsNullBitmap(tdsVersion)));
    resultSet = { columns: resultSet.columns, rowCount: resultSet.rowCount + 1 };
  };
  const putColumns = (announced: readonly Column[]): void => {
    closeOpenStatement();
    const columns = columnsFor(tdsVersion, announced);
    write(tokens.colMetadata(columns));
    resultSet = { columns, rowCount: 0 };
  };
  const putError = (message: SqlMessage): void => {
    write(tokens.message("error", message, serverName));
    failedNumber = procedureFailed = message.number;
    fatal ||= message.severity >= fatalSeverity;
  };
  const putDatabase = (from: string, to: string): void => {
    write(tokens.envText(tokens.env.database, to, from));
    write(tokens.message("info", databaseChanged(to, 1), serverName));
  };
  const putReturnStatus = (value: number): void => {
    if (kind === "procedure") procedureStatus = value;
    else write(tokens.returnStatus(value));
  };

  return {
    put: (output) => {
      switch (output.kind) {
        case "columns":
          putColumns(output.columns);
          return;
        case "row":
          putRow(output.values);
          return;
        case "done":
          closeStatement(output.rowCount);
          return;
        case "info":
          write(tokens.message("info", output.message, serverName));
          return;
        case "error":
          putError(output.message);
          return;
        case "database":
          putDatabase(output.from, output.to);
          return;
        case "returnStatus":
          putReturnStatus(output.value);
          return;
      }
    },
    endProcedure: (more, returnValues) => {
      closeOpenStatement();
      write(tokens.returnStatus(procedureStatus ?? procedureFailed ?? 0));
      write(returnValues);
      const failed = procedureFailed === undefined ? 0 : doneStatus.error;
      stream.write(
        done({
          token: doneToken.doneProc,
          status: failed | (more ? doneStatus.more : doneStatus.final),
          command: doneCommand.execute,
          rowCount: 0,
        }),
      );
      procedureStatus = procedureFailed = undefined;
    },
    end: (cancelled) => {
      closeOpenStatement();
      if (cancelled) {
        release(false);
        held = { status: doneStatus.error, command: doneCommand.none, rowCount: 0 };
      }
      if (kind === "batch") held ??= { status: 0, command: doneCommand.none, rowCount: 0 };
      release(true);
      stream.end();
    },
    isFatal: () => fatal,
  };
}

/** Msg 5701; `state` 1 for USE, 2 at login. */
export function databaseChanged(database: string, state: 1 | 2): SqlMessage {
  return { number: 5701, severity: 0, state, text: `Changed database context to '${database}'.` };
}
