// What went wrong, as data for screen, journal and report, and as an exception that carries it.

/** What the engine does about it: see the error tables. `ambiguous` = the outcome is unknown, read both sides first. */
export type ProblemClass =
  "info" | "wait" | "retry" | "wrongSide" | "block" | "ambiguous" | "fatal";

export interface Problem {
  /** Stable word for tests and JSON, e.g. `loginFailed`, `certificateUntrusted`, `sql41190`. */
  readonly code: string;
  readonly class: ProblemClass;
  /** One sentence that names the server. */
  readonly summary: string;
  /** The server's or driver's own words, whole, with its number. Never a secret. */
  readonly detail?: string;
  /** What to do, one sentence. */
  readonly remedy: string;
  /** SQL Server's message number, where there is one. */
  readonly sqlNumber?: number;
}

/** Thrown where a problem cannot be returned; `cause` keeps the original. */
export class AppError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, cause?: unknown) {
    super(problem.summary, { cause });
    this.name = "AppError";
    this.problem = problem;
  }
}
