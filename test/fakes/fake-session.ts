// Sessions that answer only what the test expects: any other text is an error of the test.
import type { Side } from "../../shared/estate/estate.ts";
import type { PinnedSession, SqlParameters, SqlSession } from "../../electron/sql/session.ts";

export type FakeAnswer = (
  parameters: SqlParameters,
) => readonly (readonly unknown[])[] | Promise<readonly (readonly unknown[])[]>;

export interface FakeSessionOptions {
  readonly side: Side;
  readonly answers?: ReadonlyMap<string, FakeAnswer>;
  readonly execute?: (statement: string) => Promise<void>;
  readonly sessionId?: number;
}

export interface FakeSession extends SqlSession {
  readonly isClosed: boolean;
}

export interface FakePinned extends PinnedSession {
  readonly isClosed: boolean;
  /** As if the network had cut it. */
  cut(): void;
}

export function fakeSession(options: FakeSessionOptions): FakeSession {
  let isClosed = false;
  return {
    side: options.side,
    address: addressOf(options.side),
    get isClosed() {
      return isClosed;
    },
    read: (text, parameters = {}) => answer(options, text, parameters),
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}

export function fakePinned(options: FakeSessionOptions): FakePinned {
  const session = fakeSession(options);
  let isCut = false;
  return {
    side: session.side,
    address: session.address,
    sessionId: options.sessionId ?? 61,
    loginTime: "2026-09-12T22:00:00.123",
    get isClosed() {
      return session.isClosed;
    },
    get isOpen() {
      return !isCut && !session.isClosed;
    },
    cut() {
      isCut = true;
    },
    read: (text, parameters) => session.read(text, parameters),
    execute(statement) {
      if (options.execute === undefined) throw new Error(`Unexpected statement: ${statement}`);
      return options.execute(statement);
    },
    close: () => session.close(),
  };
}

export function addressOf(side: Side): string {
  return side === "box" ? "sqlbox01,1433" : "sqlmi1.example,1433";
}

async function answer(options: FakeSessionOptions, text: string, parameters: SqlParameters) {
  const known = options.answers?.get(text);
  if (known === undefined) throw new Error(`Unexpected query on ${options.side}: ${text}`);
  return known(parameters);
}
