// IF, WHILE, BEGIN ... END and TRY ... CATCH.
import { setImmediate } from "node:timers/promises";
import type { Statement } from "../parse/ast.ts";
import type { Flow, Frame } from "./frame.ts";
import { Raised } from "./frame.ts";
import { holds } from "./run-query.ts";
import type { Outputs } from "./run-statement.ts";
import { runStatement, runStatements } from "./run-statement.ts";

type Control = Statement & { kind: "if" | "while" | "block" | "try" };

export async function* runControl(statement: Control, frame: Frame): Outputs {
  switch (statement.kind) {
    case "block":
      return yield* runStatements(statement.body, frame);
    case "if": {
      const branch = holds(frame.sqlite, frame, statement.condition)
        ? statement.then
        : statement.otherwise;
      return branch === undefined ? "next" : yield* runStatement(branch, frame);
    }
    case "while":
      return yield* runWhile(statement, frame);
    case "try":
      return yield* runTry(statement, frame);
  }
}

async function* runWhile(statement: Control & { kind: "while" }, frame: Frame): Outputs {
  while (holds(frame.sqlite, frame, statement.condition)) {
    // A loop that waits for nothing would keep the client's cancel from arriving.
    await setImmediate();
    frame.signal.throwIfAborted();
    const flow: Flow = yield* runStatement(statement.body, frame);
    if (flow === "return") return flow;
    if (flow === "break") return "next";
  }
  return "next";
}

/** CATCH sees every error raised inside TRY but those that keep the text itself from compiling (208 and its kin). */
async function* runTry(statement: Control & { kind: "try" }, frame: Frame): Outputs {
  try {
    return yield* runStatements(statement.body, { ...frame, insideTry: true });
  } catch (error) {
    if (!(error instanceof Raised) || error.reach === "scope") throw error;
    frame.session.lastError = error.sql.number;
    return yield* runStatements(statement.handler, { ...frame, caught: error.sql });
  }
}
