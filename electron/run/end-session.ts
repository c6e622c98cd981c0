// Ends one session on one server: sends the guarded batch once, then looks whether the session is gone.
import { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { missingRightRemedy, missingRightSentence } from "../../shared/estate/rights.ts";
import type { SessionEnd, SessionLook } from "../../shared/sessions/session-end.ts";
import { endSessionOutcomes, endSessionSql } from "../../shared/sql/end-session.ts";
import type { SeenSession } from "../../shared/sql/end-session.ts";
import type { SqlSession } from "../sql/session.ts";
import type { Clock } from "./clock.ts";
import { lookAtSession } from "./session-activity.ts";

const answerRow = z.object({ outcome: z.enum(endSessionOutcomes).nullable() });
type Outcome = z.infer<typeof answerRow>["outcome"];

/** Azure SQL's own right to KILL ("KILL (Transact-SQL)", Permissions); the documents do not say which an instance asks for. */
const orDatabaseRight = " Where the instance asks for it instead: KILL DATABASE CONNECTION.";

/** A rollback that takes longer than this is told while it goes on. */
const lookForMs = 3_000;
const lookEveryMs = 250;

const noRight = 6102;
const notActive = 6106;
/** The messages with which the server refuses KILL before it ends anybody ("KILL (Transact-SQL)"). */
const refusals: readonly (number | undefined)[] = [6101, noRight, 6104, 6107, 6115, 229, 297, 300];

/** The batch is never aborted and never sent again. */
export async function endSession(
  session: SqlSession,
  seen: SeenSession,
  { clock, login }: { readonly clock: Clock; readonly login: string },
): Promise<SessionEnd> {
  const { serverName, sessionId, loginTime, hostProcessId } = seen;
  let outcome: Outcome;
  try {
    const parameters = { serverName, sessionId, loginTime, hostProcessId, login: seen.login };
    const [rows] = await session.read(endSessionSql, parameters);
    outcome = answerRow.parse(rows?.[0]).outcome;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return await afterError(session, seen, { problem: error.problem, login });
  }
  switch (outcome) {
    case "killed":
      return { kind: "killed", look: await lookUntilGone(session, seen, clock) };
    case "gone":
      return { kind: "goneAlready" };
    case "otherSession":
      return { kind: "otherSession" };
    case "otherServer":
      return { kind: "refused", problem: otherServer(session, serverName) };
    case "notAllowedToSee":
      return { kind: "refused", problem: missing("VIEW SERVER STATE", serverName, login) };
    case null:
      return { kind: "refused", problem: notTaken(serverName) };
  }
}

interface Failed {
  readonly problem: Problem;
  readonly login: string;
}

/** Only what the server is known to answer before it acts is a refusal; everything else is looked at. */
async function afterError(
  session: SqlSession,
  seen: SeenSession,
  { problem, login }: Failed,
): Promise<SessionEnd> {
  if (problem.sqlNumber === notActive) return { kind: "goneAlready" };
  if (problem.sqlNumber === noRight) {
    const right = missing("ALTER ANY CONNECTION", seen.serverName, login);
    const remedy = right.remedy + (session.side === "instance" ? orDatabaseRight : "");
    return {
      kind: "refused",
      problem: { ...right, ...detailOf(problem), remedy, sqlNumber: noRight },
    };
  }
  if (refusals.includes(problem.sqlNumber)) return { kind: "refused", problem };
  return { kind: "unknown", problem, look: await lookAtSession(session, seen) };
}

async function lookUntilGone(
  session: SqlSession,
  seen: SeenSession,
  clock: Clock,
): Promise<SessionLook> {
  const until = clock.nowMs() + lookForMs;
  for (;;) {
    const look = await lookAtSession(session, seen);
    const mayChange = look.kind === "there" || look.kind === "rollingBack";
    if (!mayChange || clock.nowMs() >= until) return look;
    await clock.wait(lookEveryMs);
  }
}

function missing(permission: string, server: string, login: string): Problem {
  return {
    code: "noPermission",
    class: "block",
    summary: missingRightSentence(server, login, permission),
    remedy: missingRightRemedy(login, permission),
  };
}

function detailOf({ detail }: Problem): Pick<Problem, "detail"> {
  return detail === undefined ? {} : { detail };
}

function otherServer({ address }: SqlSession, serverName: string): Problem {
  return {
    code: "otherServer",
    class: "block",
    summary: `${address} is not ${serverName} any more.`,
    remedy: "Read both sides again, and look who writes there now.",
  };
}

function notTaken(serverName: string): Problem {
  return {
    code: "killNotTaken",
    class: "block",
    summary: `${serverName} did not carry out KILL, and gave no error.`,
    remedy: "Look at the list of sessions again.",
  };
}
