// Decides over a login: the password, whether the login is enabled, and the database asked for.
import { createHash, timingSafeEqual } from "node:crypto";
import { nextSessionId } from "../catalog/exec-sessions.ts";
import { windowsName } from "../catalog/windows-names.ts";
import { SqlError, type SqlMessage } from "../sql-types.ts";
import type { LoginAnswer, LoginRequest } from "../tds/backend.ts";
import { openDatabase } from "./databases.ts";
import { stateOf, type PracticeLogin, type ServerParts } from "./server-parts.ts";
import { newClient, type Client } from "./sessions.ts";
import { loginFailed, windowsLogin } from "./windows-login.ts";

type Refusal = Extract<LoginAnswer, { kind: "refused" }>;

/** A new session, or a refusal: 18452, 18456, 18470, 4060, or what opening the database throws. */
export function logIn(
  parts: ServerParts,
  request: LoginRequest,
): Refusal | { readonly kind: "accepted"; readonly session: Client } {
  const login = loginOf(parts, request);
  if (typeof login !== "string") return { kind: "refused", error: login };
  if (stateOf(parts).disabledLogins.includes(login.toLowerCase())) {
    return refused(18470, `Login failed for user '${login}'. Reason: The account is disabled.`);
  }
  const asked = request.database === "" ? "master" : request.database;
  try {
    const opener = { login, hasReadIntent: request.readOnlyIntent };
    const session = newClient({
      sessionId: nextSessionId(stateOf(parts), parts.clients.keys()),
      login,
      database: openDatabase(parts, asked, opener),
      nowMs: parts.world.state.nowMs,
      request,
    });
    parts.clients.set(session.sessionId, session);
    return { kind: "accepted", session };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { kind: "refused", error: databaseRefusal(error.sql, asked) };
  }
}

/** At login there is one message for a database that does not exist and for one without a right to it. */
function databaseRefusal(message: SqlMessage, database: string): SqlMessage {
  if (message.number !== 911 && message.number !== 916) return message;
  return {
    number: 4060,
    severity: 11,
    state: 1,
    text: `Cannot open database "${database}" requested by the login. The login failed.`,
  };
}

function refused(number: number, text: string): Refusal {
  return { kind: "refused", error: { number, severity: 14, state: 1, text } };
}

/** Whose login it is, once proved by token, by Windows or by password, or why not. A server without Entra takes no token. */
function loginOf(parts: ServerParts, request: LoginRequest): string | SqlMessage {
  const { logins, tokenLogins } = parts;
  const { token, windows } = request;
  if (windows !== undefined) return windowsLogin(parts, windows);
  const login =
    token === undefined
      ? logins.find((one) => isRight(one, request))?.login
      : tokenLogins?.loginOf(token);
  return login ?? loginFailed(nameIn(request));
}

/** A refused token's name is not told, since nothing vouches for it. */
function nameIn({ token, login }: LoginRequest): string {
  return token === undefined ? login : "<token-identified principal>";
}

/** The password of a Windows account is its domain's, and opens nothing when it is sent to the server. */
function isRight(known: PracticeLogin, asked: LoginRequest): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return (
    windowsName(known.login) === null &&
    known.login.toLowerCase() === asked.login.toLowerCase() &&
    timingSafeEqual(digest(known.password), digest(asked.password))
  );
}
