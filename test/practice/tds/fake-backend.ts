// A backend for the tests of the wire: answers by the text of the request, and remembers what it was asked.
import type {
  Backend,
  BackendSession,
  LoginAnswer,
  LoginRequest,
} from "../../../practice/tds/backend.ts";
import { SqlError } from "../../../practice/sql-types.ts";
import type { SqlOutput, SqlParameter } from "../../../practice/sql-types.ts";

export interface Asked {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  readonly sessionId: number;
  readonly signal: AbortSignal;
}

export type Script = (asked: Asked) => AsyncIterable<SqlOutput> | Iterable<SqlOutput>;

export interface FakeBackend extends Backend {
  /** What a batch, sp_executesql text or procedure name answers. Client chatter (`set ...`) answers nothing. */
  readonly scripts: Map<string, Script>;
  readonly logins: LoginRequest[];
  readonly asked: Asked[];
  readonly resets: number[];
  readonly closedSessions: number[];
  onLogin: (request: LoginRequest) => LoginAnswer | undefined;
}

interface FakeSession extends BackendSession {
  database: string;
}

/** Accepts login `dba` with password `pässwörd ß€` and the token `good`; everything else is refused with 18456. */
export const goodPassword = "pässwörd ß€ 'x' ]";

export function fakeBackend(): FakeBackend {
  let lastSessionId = 50;
  const run = async function* (
    text: string,
    parameters: readonly SqlParameter[],
    session: BackendSession,
    signal: AbortSignal,
  ): AsyncGenerator<SqlOutput> {
    const asked = { text, parameters, sessionId: session.sessionId, signal };
    if (/^\s*(set|select @@trancount)\b/iu.test(text) && !backend.scripts.has(text)) return;
    backend.asked.push(asked);
    const script = backend.scripts.get(text);
    if (script === undefined) throw new SqlError(2812, `Could not find '${text}'.`);
    yield* script(asked);
  };
  const backend: FakeBackend = {
    serverName: "SQLBOX\\P'RÄCTICE",
    version: [16, 0, 4135],
    scripts: new Map(),
    logins: [],
    asked: [],
    resets: [],
    closedSessions: [],
    onLogin: () => undefined,
    login: (request) => {
      backend.logins.push(request);
      return Promise.resolve(backend.onLogin(request) ?? answerLogin(request, ++lastSessionId));
    },
    execute: (session, text, parameters, signal) => run(text, parameters, session, signal),
    call: (session, procedure, parameters, signal) =>
      run(`EXEC ${procedure}`, parameters, session, signal),
    reset: (session) => void backend.resets.push(session.sessionId),
    closed: (session) => void backend.closedSessions.push(session.sessionId),
  };
  return backend;
}

function answerLogin(request: LoginRequest, sessionId: number): LoginAnswer {
  const known =
    request.token === "good" || (request.login === "dba" && request.password === goodPassword);
  const session: FakeSession = { sessionId, database: request.database || "master" };
  if (known) return { kind: "accepted", session };
  const text = `Login failed for user '${request.login}'.`;
  return { kind: "refused", error: { number: 18456, severity: 14, state: 1, text } };
}
