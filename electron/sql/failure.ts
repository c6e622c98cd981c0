// What a failed connect, read or statement means: the driver's errors put through the tables.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { problemFromDriverError } from "../../shared/errors/driver-errors.ts";
import { problemFromSqlError, sqlErrors } from "../../shared/errors/sql-errors.ts";
import type { DriverError } from "./driver-error.ts";
import { driverErrors } from "./driver-error.ts";

/** From this severity on the server ends the connection, so what became of the statement was not told. */
const connectionEndingSeverity = 20;

/** The number that a refused login showed in tedious's `errorMessage` event, which the thrown error has lost. */
export interface LoginRefusal {
  readonly number: number;
  readonly text: string;
}

export function connectFailure(
  error: unknown,
  address: string,
  refusal: LoginRefusal | undefined,
): AppError {
  if (error instanceof AppError) return error;
  const last = lastOf(driverErrors(error));
  const isRefused = last.codes.includes("ELOGIN") && refusal !== undefined;
  const problem = isRefused
    ? problemFromSqlError(refusal.number, refusal.text, address)
    : driverProblem(last, address, "connect");
  return new AppError(problem, error);
}

/** Of several errors the first whose number the tables know is the cause, else the first with a number; all stay in the detail. */
export function readFailure(
  error: unknown,
  address: string,
  refusal: LoginRefusal | undefined,
): AppError {
  const errors = driverErrors(error);
  const cause =
    errors.find((one) => one.number !== undefined && sqlErrors.has(one.number)) ??
    errors.find((one) => one.number !== undefined);
  if (cause?.number !== undefined) {
    return new AppError(problemFromSqlError(cause.number, allTexts(errors), address), error);
  }
  return hasNoConnection(errors)
    ? connectFailure(error, address, refusal)
    : new AppError(driverProblem(lastOf(errors), address, "request"), error);
}

/**
 * A changing statement: an error number of the server is its answer. Everything else after the statement was handed to a
 * connection is a lost answer, class `ambiguous`; only a failure to get a connection proves that nothing was sent.
 */
export function executeFailure(
  error: unknown,
  address: string,
  refusal: LoginRefusal | undefined,
): AppError {
  const errors = driverErrors(error);
  if (hasNoConnection(errors)) return connectFailure(error, address, refusal);
  const isLost = errors.some(
    (one) => one.number === undefined || (one.severity ?? 0) >= connectionEndingSeverity,
  );
  return isLost
    ? new AppError(lostAnswer(address, allTexts(errors)), error)
    : readFailure(error, address, refusal);
}

/** The sentence of a lost answer; also used when a run is found that was killed while it waited. */
export function lostAnswer(address: string, detail: string): Problem {
  return {
    code: "answerLost",
    class: "ambiguous",
    summary: `The answer of ${address} was not received.`,
    detail,
    remedy: "The statement is not sent again: both sides are read first.",
  };
}

/** mssql's pool throws ConnectionError, or tarn's TimeoutError, before a request has a connection; a request throws RequestError. */
function hasNoConnection(errors: readonly DriverError[]): boolean {
  const { name } = lastOf(errors);
  return name === "ConnectionError" || name === "TimeoutError" || name === "AppError";
}

function driverProblem(error: DriverError, address: string, phase: "connect" | "request"): Problem {
  return problemFromDriverError(error.codes.at(-1) ?? "", error.text, address, phase);
}

function allTexts(errors: readonly DriverError[]): string {
  return errors.map((one) => one.text).join("\n");
}

function lastOf(errors: readonly DriverError[]): DriverError {
  return errors.at(-1) ?? { name: "", codes: [], text: "", number: undefined, severity: undefined };
}
