// What Azure tells of an instance and its links, as a fact for the estate: a failure is one too, and the waiting has an end.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { problemFromWebFailure } from "../../shared/errors/web-errors.ts";
import type { AzureFact } from "../../shared/estate/azure-fact.ts";
import type { Clock } from "../run/clock.ts";
import { isoTime } from "../estate/read.ts";
import type { AzureReader } from "./azure-reader.ts";
import type { Session } from "./session.ts";

/** A reading of both servers waits for Azure no longer than this, ms: it is worth one line of the checks. */
const patienceMs = 15_000;

export interface FactAsked {
  readonly clock: Clock;
  /** Of the instance. */
  readonly address: string;
  readonly signal: AbortSignal | undefined;
}

/** Rejects only when aborted. */
export async function readAzureFact(
  { cloud }: Session,
  reader: AzureReader,
  { clock, address, signal }: FactAsked,
): Promise<AzureFact> {
  const failed = (problem: Problem): AzureFact => ({ kind: "failed", at: isoTime(clock), problem });
  const over = AbortSignal.timeout(patienceMs);
  const until = signal === undefined ? over : AbortSignal.any([signal, over]);
  try {
    const read = await reader.linksOf(address, until);
    return { kind: "seen", at: isoTime(clock), ...read };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) return failed(error.problem);
    if (!over.aborted) throw error;
    const { host } = new URL(cloud.armEndpoint);
    const text = `No answer within ${patienceMs / 1000} s.`;
    return failed(problemFromWebFailure("TimeoutError", text, host));
  }
}
