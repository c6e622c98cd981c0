// What both ways of testing a service share: its own answer told from any other, and a failure told at its layer.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { problemFromWebFailure } from "../../shared/errors/web-errors.ts";
import type { NeededService } from "./needed-addresses.ts";
import { createSender } from "./transport.ts";
import type { Transport } from "./transport.ts";
import { failureCode } from "./web-failure.ts";

/** Asks as the product asks. Answers the sentence of the service's own answer; rejects with AppError for every other end. */
export async function askService(
  needed: NeededService,
  transport: Transport,
  signal: AbortSignal,
): Promise<string> {
  const { url, address, recognised } = needed;
  const request = { method: "GET", url, headers: { accept: "application/json" } } as const;
  const answer = await createSender(transport)({ ...request, body: undefined }, signal);
  const sentence = recognised(answer);
  if (sentence !== undefined) return sentence;
  const code = answer.status === 407 ? "PROXY_407" : "NO_JSON";
  const problem = problemFromWebFailure(code, `Status ${answer.status}.`, address);
  const summary = `${problem.summary} It answered with status ${answer.status}.`;
  throw new AppError({ ...problem, summary });
}

/** The problem of whatever was thrown, by the web error table. */
export function webProblemOf(error: unknown, { address }: Pick<NeededService, "address">): Problem {
  if (error instanceof AppError) return error.problem;
  const text = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  return problemFromWebFailure(failureCode(error), text, address);
}
