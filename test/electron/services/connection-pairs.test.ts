// Servers of different environments in one window: connected side by side, and never asked as a pair.
import { beforeEach, expect, test } from "vitest";
import type { Connections } from "../../../electron/services/connections.ts";
import { createConnections } from "../../../electron/services/connections.ts";
import { createPasswords } from "../../../electron/services/passwords.ts";
import { createSecrets } from "../../../electron/services/secrets.ts";
import type { Connector, PinnedSession, ServerLogin } from "../../../electron/sql/session.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { Pair } from "../../../shared/estate/pair.ts";
import type { Environment } from "../../../shared/plan/plan.ts";
import { noAzure } from "../../fakes/no-azure.ts";
import { adatum } from "../../scenarios/linked-estate.ts";

const rights = {
  login: "dba",
  ...{ isSysadmin: true, viewAnyDefinition: true, viewServerState: true },
  ...{ viewServerPerformanceState: true, alterAnyAvailabilityGroup: true, controlServer: true },
  ...{ viewAnyDatabase: true, readBackupHistory: true },
};

/** A server that says who it is, and nothing else. */
function sessionOf({ side, host }: ServerLogin): PinnedSession {
  return {
    side,
    address: host,
    read: () => Promise.resolve([[{ ...adatum[side], serverTime: "" }], [rights]]),
    close: () => Promise.resolve(),
    isOpen: true,
    sessionId: 51,
    loginTime: "",
    execute: () => Promise.resolve(),
  };
}

const connector: Connector = {
  connect: (login) => Promise.resolve(sessionOf(login)),
  connectPinned: (login) => Promise.resolve(sessionOf(login)),
};

const secrets = createSecrets(() => "0");
let connections: Connections;

beforeEach(() => {
  connections = createConnections({
    ...{ connector, secrets, azure: noAzure(), practice: undefined },
    passwords: createPasswords(undefined),
    refuseChange: () => undefined,
    onChange: () => undefined,
    onOpened: () => Promise.resolve(),
  });
});

async function opened(side: Side, server: string, environment: Environment): Promise<string> {
  const secretId = secrets.keep("x");
  const facts = await connections.open(
    {
      ...{ side, server, environment, usePublicEndpoint: false, trustedFingerprint: null },
      encrypt: "strict",
      authentication: { kind: "sqlLogin", login: "dba", secretId },
    },
    new AbortController().signal,
  );
  return facts.connectionId;
}

function codeOf(act: () => unknown): string {
  try {
    act();
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.problem.code;
    throw error;
  }
}

const ways = (pair: Pair) => [
  codeOf(() => connections.sources(pair)),
  codeOf(() => connections.sessions(pair)),
  codeOf(() => connections.environment(pair)),
];

test("a test server and a production one are connected side by side, and no pair of both is asked", async () => {
  const box = await opened("box", "SQLBOX01", "test");
  const own = await opened("instance", "sqlmi1.zone.database.windows.net", "test");
  const other = await opened("instance", "sqlmi2.zone.database.windows.net", "production");
  expect(connections.list().map(({ connectionId }) => connectionId)).toEqual([box, own, other]);
  expect(ways({ box, instance: own })).toEqual(["ok", "ok", "ok"]);
  const mixed = { box, instance: other };
  expect(ways(mixed)).toEqual(["environmentsMixed", "environmentsMixed", "environmentsMixed"]);
  await expect(connections.openPinned(mixed, "box")).rejects.toThrow("never paired");
  expect(connections.environment({ box: null, instance: other })).toBe("production");
});

test("the same address in other capitals is the same connection, as of what it was opened for last", async () => {
  const first = await opened("box", "SQLBOX01", "test");
  expect(await opened("box", "sqlbox01,1433", "production")).toBe(first);
  expect(connections.list()).toMatchObject([{ environment: "production" }]);
  expect(await opened("box", "SQLBOX01,1434", "production")).not.toBe(first);
});
