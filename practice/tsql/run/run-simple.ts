// Statements that neither query nor change the server: USE, SET, PRINT, RAISERROR, THROW, WAITFOR, transactions.
import { SqlError } from "../../sql-types.ts";
import type { SqlOutput, SqlValue } from "../../sql-types.ts";
import { formatMessage } from "../functions/format-message.ts";
import type { Expression, Statement } from "../parse/ast.ts";
import { int, nvarchar } from "../types/static-type.ts";
import type { Frame } from "./frame.ts";
import { Raised } from "./frame.ts";
import { evaluate } from "./run-query.ts";
import type { Outputs } from "./run-statement.ts";
import { setOption } from "./set-option.ts";
import { setVariable } from "./set-variable.ts";
import { runTransaction } from "./transaction.ts";
import { delayMs } from "./wait-time.ts";

type Simple = Statement & {
  kind:
    | "use"
    | "assign"
    | "setOption"
    | "print"
    | "return"
    | "break"
    | "continue"
    | "waitfor"
    | "raiserror"
    | "throw"
    | "transaction";
};

export async function* runSimple(statement: Simple, frame: Frame): Outputs {
  switch (statement.kind) {
    case "use":
      yield* use(statement.database, frame);
      break;
    case "assign": {
      const type = frame.variables.get(statement.variable)?.type;
      setVariable(
        frame,
        statement.variable,
        evaluate(frame.sqlite, frame, statement.expression, type),
      );
      break;
    }
    case "setOption":
      setOption(frame.session, statement.option, statement.value);
      break;
    case "print":
      yield info(
        0,
        0,
        String(evaluate(frame.sqlite, frame, statement.expression, nvarchar(4000)) ?? " "),
        statement.line,
      );
      break;
    case "waitfor":
      await frame.host.wait(delayMs(evaluate(frame.sqlite, frame, statement.delay)), frame.signal);
      yield { kind: "done" };
      break;
    case "raiserror":
      yield* raiseError(statement, frame);
      break;
    case "throw":
      throwError(statement.arguments, frame);
      break;
    case "transaction":
      runTransaction(statement.action, frame.session);
      yield { kind: "done" };
      break;
    case "return":
      if (statement.value !== undefined) evaluate(frame.sqlite, frame, statement.value, int);
      return "return";
    case "break":
    case "continue":
      return statement.kind;
  }
  return "next";
}

function info(number: number, severity: number, text: string, line: number): SqlOutput {
  return { kind: "info", message: { number, severity, state: 1, text, line } };
}

/** Throws what the host throws: 911, 916, 983. The TDS layer adds message 5701 to the change. */
function* use(name: string, frame: Frame): Generator<SqlOutput> {
  const { session, host } = frame;
  const from = session.context.currentDatabase;
  const to = host.openDatabase(name, session.context);
  session.context = { ...session.context, currentDatabase: to };
  yield { kind: "database", from, to };
  yield { kind: "done" };
}

const numbered = 18054;

/** Severity 10 and below informs; above it is an error that ends nothing but, inside TRY, goes to CATCH. */
function* raiseError(
  statement: Simple & { kind: "raiserror" },
  frame: Frame,
): Generator<SqlOutput> {
  const [message, severity, state, ...values] = statement.arguments.map((argument) =>
    evaluate(frame.sqlite, frame, argument),
  );
  const shownSeverity = Math.min(25, Math.max(0, Number(severity)));
  if (typeof message === "number") {
    throw new SqlError(
      numbered,
      `Error ${message}, severity ${shownSeverity}, state ${Number(state)} was raised, but no message with that error number was found in sys.messages.`,
    );
  }
  const text = formatMessage(String(message ?? ""), values);
  if (shownSeverity <= 10) {
    yield info(50000, shownSeverity, text, statement.line);
    return;
  }
  const sqlState = Math.min(255, Math.max(1, Number(state)));
  throw new SqlError(50000, text, { severity: shownSeverity, state: sqlState });
}

/** Without arguments the error being handled goes on its way again, as it was. */
function throwError(args: readonly Expression[], frame: Frame): never {
  const [number, text, state] = args.map((argument): SqlValue =>
    evaluate(frame.sqlite, frame, argument),
  );
  if (number === undefined) {
    if (frame.caught !== undefined) throw new Raised(frame.caught, "batch");
    throw new SqlError(
      10704,
      "To rethrow an error, a THROW statement must be used inside a CATCH block.",
      { severity: 15 },
    );
  }
  if (Number(number) < 50_000 || Number(number) > 2_147_483_647) {
    throw new SqlError(
      35100,
      `Error number ${Number(number)} in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.`,
      { state: 10 },
    );
  }
  throw new SqlError(Number(number), String(text ?? "").slice(0, 2048), { state: Number(state) });
}
