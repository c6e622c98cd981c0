// EXEC of a text, of sp_executesql, and of the server's procedures.
import type { SqlOutput, SqlValue } from "../../sql-types.ts";
import { SqlError } from "../../sql-types.ts";
import type { Variable } from "../bind/binder.ts";
import type { ProcedureArgument, Statement } from "../parse/ast.ts";
import { parseBatch } from "../parse/parse-batch.ts";
import { parseParameters } from "../parse/parse-parameters.ts";
import { convertValue } from "../types/convert-value.ts";
import { nvarchar } from "../types/static-type.ts";
import type { Frame } from "./frame.ts";
import { innerFrame, Raised, tablesOf, variablesOf } from "./frame.ts";
import { evaluate } from "./run-query.ts";
import { finish, passOn } from "./run-server.ts";
import type { Outputs } from "./run-statement.ts";
import { runStatements } from "./run-statement.ts";
import { setVariable } from "./set-variable.ts";

type Execute = Statement & { kind: "executeText" | "executeProcedure" };

export async function* runExecute(statement: Execute, frame: Frame): Outputs {
  if (statement.kind === "executeText") {
    const text = statement.parts
      .map((part) => String(evaluate(frame.sqlite, frame, part, nvarchar("max")) ?? ""))
      .join("");
    yield* runText(text, frame, new Map());
    return "next";
  }
  const name = statement.procedure.toLowerCase().split(".").at(-1);
  if (name !== "sp_executesql") return yield* executeProcedure(statement, frame);
  yield* executeSql(statement, frame);
  return "next";
}

/** Runs `text` as a batch of its own; USE and SET in it last until its end. What does not compile ends it alone. */
async function* runText(
  text: string,
  frame: Frame,
  given: ReadonlyMap<string, Variable>,
): AsyncGenerator<SqlOutput, ReadonlyMap<string, Variable>> {
  const { session } = frame;
  const { context, noCount, xactAbort, quotedIdentifier } = session;
  const parameters = new Map([...given].map(([name, { type }]) => [name, type]));
  let variables: ReadonlyMap<string, Variable> = new Map();
  let failure: Raised | undefined;
  let left: string;
  try {
    const { unknownFunctions } = frame.host;
    const batch = parseBatch(text, { quotedIdentifier, parameters, unknownFunctions });
    const inner = innerFrame(frame, {
      variables: variablesOf(batch, given),
      tables: tablesOf(batch),
    });
    variables = inner.variables;
    yield* runStatements(batch.statements, inner);
  } catch (error) {
    failure = asCallersError(error);
  } finally {
    left = session.context.currentDatabase;
    Object.assign(session, { context, noCount, xactAbort, quotedIdentifier });
  }
  if (left !== context.currentDatabase)
    yield { kind: "database", from: left, to: context.currentDatabase };
  if (failure !== undefined) throw failure;
  return variables;
}

/** For the caller a text that does not compile is one failed statement. */
function asCallersError(error: unknown): Raised {
  if (error instanceof SqlError) return new Raised({ line: 1, ...error.sql }, "statement");
  if (!(error instanceof Raised)) throw error;
  return error.reach === "scope" ? new Raised(error.sql, "statement") : error;
}

type ProcedureCall = Statement & { kind: "executeProcedure" };

/** sp_executesql @statement, @parameters, values...: OUTPUT values go back to the caller's variables. */
async function* executeSql(call: ProcedureCall, frame: Frame): AsyncGenerator<SqlOutput> {
  const [statement, definition, ...rest] = call.arguments;
  if (statement === undefined) {
    throw new SqlError(
      201,
      "Procedure or function 'sp_executesql' expects parameter '@statement', which was not supplied.",
      { state: 10 },
    );
  }
  const text = valueOf(statement, frame);
  const declared =
    definition === undefined ? [] : parseParameters(String(valueOf(definition, frame) ?? ""));
  const argumentFor = (name: string, index: number) =>
    rest.find((argument) => argument.name?.toLowerCase() === name) ??
    (rest[index]?.name === undefined ? rest[index] : undefined);
  const bound = declared.map(({ name, type }, index) => ({
    name,
    type,
    argument: argumentFor(name, index),
  }));
  const given = new Map<string, Variable>(
    bound.map(({ name, type, argument }) => {
      if (argument === undefined)
        throw notSupplied(
          name,
          declared.map((one) => one.name),
        );
      return [name, { type, value: convertValue(valueOf(argument, frame), type) }];
    }),
  );
  const after = yield* runText(String(text ?? ""), frame, given);
  for (const { name, argument } of bound) {
    if (argument?.direction !== "output" || argument.value.kind !== "variable") continue;
    const type = frame.variables.get(argument.value.name)?.type;
    const value = after.get(name)?.value ?? null;
    setVariable(frame, argument.value.name, type === undefined ? value : convertValue(value, type));
  }
  if (call.result !== undefined) setVariable(frame, call.result, 0);
}

function notSupplied(name: string, all: readonly string[]): SqlError {
  return new SqlError(
    8178,
    `The parameterized query '(${all.join(",")})' expects the parameter '${name}', which was not supplied.`,
  );
}

const valueOf = (argument: ProcedureArgument, frame: Frame): SqlValue =>
  evaluate(frame.sqlite, frame, argument.value);

/** The return value goes into @result and not to the client. Error 2812 for an unknown procedure is the host's. */
async function* executeProcedure(call: ProcedureCall, frame: Frame): Outputs {
  const args = new Map(
    call.arguments.map((argument, index) => [
      argument.name ?? `@${index + 1}`,
      valueOf(argument, frame),
    ]),
  );
  const statement = { kind: "procedure", name: call.procedure, arguments: args } as const;
  const outputs = frame.host.run(statement, frame.session.context, frame.signal);
  const failure = yield* passOn(withoutReturnStatus(outputs, call, frame), frame);
  return yield* finish(failure, frame);
}

async function* withoutReturnStatus(
  outputs: AsyncIterable<SqlOutput>,
  { result }: ProcedureCall,
  frame: Frame,
): AsyncGenerator<SqlOutput> {
  for await (const output of outputs) {
    if (output.kind !== "returnStatus") yield output;
    else if (result !== undefined) setVariable(frame, result, output.value);
  }
}
