// Reads rows together with the rights that guard them: a missing right is said by name and never looks like no rows.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Fact } from "../../shared/estate/estate.ts";
import {
  agentJobsRight,
  backupHistoryRight,
  hasRight,
  rightName,
} from "../../shared/estate/rights.ts";
import type { SqlSession } from "../sql/session.ts";
import type { Query, RowsOf } from "./queries/query.ts";
import { onlyRow, readRows } from "./queries/query.ts";
import type { RightsRow } from "./queries/rights.ts";
import { rightsQuery } from "./queries/rights.ts";

/** `agentJobs` no view tells beforehand: only the refusal does. */
export type Need = "definition" | "serverState" | "anyDatabase" | "backupHistory" | "agentJobs";

/** Object, column, view and database refused: messages 229, 297, 300 and 916. */
const refusals: readonly (number | undefined)[] = [229, 297, 300, 916];

/**
 * One batch: the rights, then the queries. Answers `notAllowed` with the missing right's name, `failed` when the server
 * refuses for another reason or answers unexpectedly. Throws when the connection failed, or was aborted.
 */
export async function readGuarded<const Queries extends readonly Query<unknown>[]>(
  session: SqlSession,
  queries: Queries,
  needs: readonly Need[],
  signal?: AbortSignal,
): Promise<Fact<RowsOf<Queries>>> {
  try {
    const [rightsRows, ...rows] = await readRows(session, [rightsQuery, ...queries], signal);
    const permission = missingNeed(needs, onlyRow(rightsRows, session, rightsQuery.name));
    if (permission !== undefined) return { kind: "notAllowed", permission };
    // The rest of the tuple are the rows of `queries`, in order; a rest element of a mapped tuple loses that.
    return { kind: "seen", value: rows as unknown as RowsOf<Queries> };
  } catch (error) {
    const problem = problemOf(error);
    if (isRefusal(problem)) {
      return { kind: "notAllowed", permission: await nameOfMissing(session, needs, signal) };
    }
    return { kind: "failed", problem };
  }
}

/** What was seen, put another way. */
export function mapFact<From, To>(fact: Fact<From>, change: (value: From) => To): Fact<To> {
  return fact.kind === "seen" ? { kind: "seen", value: change(fact.value) } : fact;
}

/** The problem of a failed reading where the server answered; rethrows everything else. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AppError && !isConnectionFailure(error.problem)) return error.problem;
  throw error;
}

export function isRefusal(problem: Problem): boolean {
  return refusals.includes(problem.sqlNumber);
}

/** Everything but an answer of the server: it has a message number, was not understood, or came too late for one query. */
function isConnectionFailure(problem: Problem): boolean {
  if (problem.code === "connectionLost") return true;
  const isAnswer = problem.code === "unexpectedAnswer" || problem.code === "requestTimedOut";
  return problem.sqlNumber === undefined && !isAnswer;
}

/** The refused batch did not answer its rights row either: it is read alone. */
async function nameOfMissing(
  session: SqlSession,
  needs: readonly Need[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const [rows] = await readRows(session, [rightsQuery], signal);
  const rights = onlyRow(rows, session, rightsQuery.name);
  return missingNeed(needs, rights) ?? namesOf(needs, rights);
}

/** The rights that could have been meant, where none of them is seen to be missing. */
export function namesOf(needs: readonly Need[], rights: RightsRow): string {
  return needs.map((need) => needName(need, rights)).join(" or ");
}

/** The first right that the login lacks, by its name. */
export function missingNeed(needs: readonly Need[], rights: RightsRow): string | undefined {
  const need = needs.find((one) => !isMet(one, rights));
  return need === undefined ? undefined : needName(need, rights);
}

function isMet(need: Need, rights: RightsRow): boolean {
  switch (need) {
    case "definition":
    case "serverState":
      return hasRight(need, rights);
    case "anyDatabase":
      return rights.viewAnyDatabase !== false;
    case "backupHistory":
      return rights.readBackupHistory !== false;
    case "agentJobs":
      return true;
  }
}

function needName(need: Need, rights: RightsRow): string {
  switch (need) {
    case "definition":
    case "serverState":
      return rightName(need, rights);
    case "anyDatabase":
      return "VIEW ANY DATABASE";
    case "backupHistory":
      return backupHistoryRight;
    case "agentJobs":
      return agentJobsRight;
  }
}
