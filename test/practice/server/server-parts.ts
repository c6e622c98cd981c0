// The parts of one practice server over a world that stands still, without TDS and without a T-SQL engine.
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { createApplicationLocks } from "../../../practice/server/application-locks.ts";
import { createHost } from "../../../practice/server/host.ts";
import type { ServerParts } from "../../../practice/server/server-parts.ts";
import { newClient } from "../../../practice/server/sessions.ts";
import type { Client } from "../../../practice/server/sessions.ts";
import type { SqlValue } from "../../../practice/sql-types.ts";
import type { TsqlHost } from "../../../practice/tsql/host.ts";
import { manualClock } from "../../../practice/world/clock.ts";
import { createWorld } from "../../../practice/world/create-world.ts";
import type { ServerKey } from "../../../practice/world/state.ts";

export interface Fixture {
  readonly parts: ServerParts;
  readonly host: TsqlHost;
  /** A session of the practice login. */
  readonly session: Client;
  /** A further session. */
  readonly connect: (
    options?: Partial<Pick<Client, "readOnlyIntent" | "database" | "login">>,
  ) => Client;
  /** Rows of a table as objects; `args` for a function. */
  readonly read: (name: string, args?: readonly SqlValue[], as?: Client) => Row[];
}

/** A row by column names. */
export type Row = Readonly<Record<string, SqlValue>>;

export type ScenarioPatch = (scenario: Scenario) => Scenario;

/** The healthy scenario, changed by `patch`, seen from `key`. */
export function fixture(key: ServerKey, patch: ScenarioPatch = (same) => same): Fixture {
  const world = createWorld(patch(healthy), manualClock());
  const parts: ServerParts = {
    world,
    key,
    logins: [{ login: "practice_dba", password: "secret" }],
    clients: new Map(),
    locks: createApplicationLocks((ms, signal) => world.wait(ms, signal)),
    port: 1433,
  };
  const host = createHost(parts);
  const connect: Fixture["connect"] = ({ readOnlyIntent = false, database, login } = {}) => {
    const client = newClient({
      sessionId: 51 + parts.clients.size,
      login: login ?? "practice_dba",
      database: database ?? "master",
      nowMs: world.state.nowMs,
      request: { ...loginRequest, readOnlyIntent },
    });
    parts.clients.set(client.sessionId, client);
    return client;
  };
  const session = connect();
  return {
    parts,
    host,
    session,
    connect,
    read: (name, args = [], as = session) => {
      const table = host.tables.find((one) => `${one.schema}.${one.name}` === name);
      if (table === undefined) throw new Error(`no table ${name}`);
      return host
        .rows(table, as, args)
        .map((row): Row =>
          Object.fromEntries(table.columns.map((column, i) => [column.name, row[i] ?? null])),
        );
    },
  };
}

const loginRequest = {
  login: "practice_dba",
  password: "secret",
  database: "",
  host: "JUMP01",
  program: "test",
  clientLibrary: "test",
  serverNameAsked: "",
  readOnlyIntent: false,
  clientProcessId: 4711,
  encrypted: false,
};

/** One side with some of its plan replaced. */
export const withServer =
  (key: ServerKey, change: Partial<Scenario["box"]>): ScenarioPatch =>
  (scenario) => ({ ...scenario, [key]: { ...scenario[key], ...change } });

/** The number of the SqlError that `work` throws; undefined when it throws none. */
export function errorNumber(work: () => unknown): number | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (typeof error === "object" && error !== null && "sql" in error) {
      const { sql } = error;
      if (typeof sql === "object" && sql !== null && "number" in sql) return Number(sql.number);
    }
    throw error;
  }
}
