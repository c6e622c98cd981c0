// A session to one practice server without sockets: the product's batches, the practice estate's own T-SQL engine.
import { readFailure } from "../../../electron/sql/failure.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { createApplicationLocks } from "../../../practice/server/application-locks.ts";
import { createHost } from "../../../practice/server/host.ts";
import type { ServerParts } from "../../../practice/server/server-parts.ts";
import { newClient } from "../../../practice/server/sessions.ts";
import type { Column, SqlOutput, SqlValue } from "../../../practice/sql-types.ts";
import { createTsqlEngine } from "../../../practice/tsql/engine.ts";
import type { TsqlHost } from "../../../practice/tsql/host.ts";
import type { ServerKey } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";
import type { ShownText } from "./shown.ts";
import { shownBy } from "./shown.ts";

/**
 * What statements answered before, by what they were answered from. The engine takes milliseconds for what thousands of readings
 * ask again, and it answers the same while the server shows the same.
 */
export type KnownAnswers = Map<string, Map<string, readonly unknown[]>>;

/** The one view that tells how far the databases are: a statement that does not name it is answered without that. */
const positions = "sys.dm_hadr_database_replica_states";

type Row = Readonly<Record<string, SqlValue>>;

export async function inProcessSession(
  world: World,
  side: ServerKey,
  known: KnownAnswers,
): Promise<SqlSession> {
  const parts: ServerParts = {
    world,
    key: side,
    logins: [{ login: "practice_dba", password: "" }],
    clients: new Map(),
    locks: createApplicationLocks((ms, signal) => world.wait(ms, signal)),
    port: 1433,
  };
  const host: TsqlHost = { ...createHost(parts), received: () => () => undefined };
  const engine = await createTsqlEngine(host);
  const client = newClient({ sessionId: 51, login: "practice_dba", ...place, nowMs: 0, request });
  parts.clients.set(client.sessionId, client);
  const address = `${world.state[side].name},1433`;

  const answer = async (statement: string, shown: ShownText) => {
    const key = statement.includes(positions) ? shown.all : shown.butPositions;
    const answers = known.get(statement) ?? new Map<string, readonly unknown[]>();
    known.set(statement, answers);
    const before = answers.get(key);
    if (before !== undefined) return before;
    const now = await run(engine.execute(client, statement, [], never), address);
    answers.set(key, now);
    return now;
  };
  return {
    side,
    address,
    async read(text) {
      const { isCutOff, downUntilMs } = world.state[side];
      if (isCutOff || downUntilMs !== null) throw readFailure(connectionLost, address, undefined);
      const shown = shownBy(world.state, side);
      const sets: (readonly unknown[])[] = [];
      for (const statement of text.split(/(?<=;)\n\n/u)) sets.push(await answer(statement, shown));
      return sets;
    },
    close: () => Promise.resolve(),
  };
}

const never = new AbortController().signal;
const connectionLost = { name: "ConnectionError", code: "ESOCKET", message: "Connection lost" };
const place = { database: "master" };
const request = {
  login: "practice_dba",
  password: "",
  database: "",
  host: "JUMP01",
  program: "MI Link Failover",
  clientLibrary: "test",
  serverNameAsked: "",
  readOnlyIntent: false,
  clientProcessId: 4711,
  encrypted: false,
};

/** Rows as the driver gives them; bigint arrives as text. Throws what the driver's error becomes. */
async function run(outputs: AsyncIterable<SqlOutput>, address: string): Promise<readonly Row[]> {
  let columns: readonly Column[] = [];
  const rows: Row[] = [];
  for await (const output of outputs) {
    if (output.kind === "columns") columns = output.columns;
    if (output.kind === "row") rows.push(asObject(columns, output.values));
    if (output.kind === "error") {
      const { number, severity, text } = output.message;
      const error = { name: "RequestError", number, class: severity, message: text };
      throw readFailure(error, address, undefined);
    }
  }
  return rows;
}

function asObject(columns: readonly Column[], values: readonly SqlValue[]): Row {
  return Object.fromEntries(
    columns.map(({ name }, i) => {
      const value = values[i] ?? null;
      return [name, typeof value === "bigint" ? String(value) : value];
    }),
  );
}
