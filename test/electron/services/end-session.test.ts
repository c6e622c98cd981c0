// Ending a session through the window's contract, over real TDS: only the very same one, once, and what the world says of it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { endSession } from "../../../electron/run/end-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { WorldSettings } from "../../../practice/world/state.ts";
import { truth } from "../../../practice/world/truth.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { WritingSession } from "../../../shared/estate/estate.ts";
import { endable } from "../../../shared/sessions/session-end.ts";
import type { SeenSession } from "../../../shared/sql/end-session.ts";
import { lostAnswer } from "../../../electron/sql/failure.ts";
import type { EstateSources } from "../../../electron/estate/read.ts";
import { readEstate } from "../../../electron/estate/read.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import { connect, rowsOf } from "../../practice/server/practice-estate.ts";

let estate: PracticeEstate;
let window: InProcessWindow;

/** Its waits are over at once. */
function hastyClock() {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    wait: (ms: number) => {
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

async function open(settings: Partial<WorldSettings> = {}): Promise<void> {
  const scenario = {
    ...healthy,
    settings: { ...healthy.settings, ...settings },
    workload: {
      ...healthy.workload,
      sessions: healthy.workload.sessions.map((one) => ({ ...one, openForMs: 60_000 })),
    },
  };
  estate = await startPracticeEstate({ scenario, clock: "manual" });
  window = practiceWindow(estate, { clock: hastyClock() });
  await connectBoth(window, estate);
}

async function writing(): Promise<readonly WritingSession[]> {
  // Not as the window reads: its patience would be over at once.
  const { box } = await readEstate(await sources(), hastyClock());
  if (box.kind !== "seen" || box.facts.writers.kind !== "seen") throw new Error("Not seen.");
  return box.facts.writers.value;
}

async function firstWriter(): Promise<SeenSession> {
  const seen = (await writing()).flatMap((one) => endable("SQLBOX01", one) ?? []);
  const [first] = seen;
  if (first === undefined) throw new Error("Nobody writes.");
  return first;
}

async function sources(): Promise<EstateSources> {
  return window.services.connections.sources(await pairIn(window));
}

async function boxId(): Promise<string> {
  return (await pairIn(window)).box ?? "";
}

const end = async (seen: SeenSession) =>
  window.ask("session.end", { connectionId: await boxId(), ...seen });
const kills = () =>
  truth(estate.world.state)
    .changes.filter(({ text }) => text.startsWith("KILL"))
    .map(({ text, count, outcomes }) => [text, count, ...outcomes]);
const idsOn = () => estate.world.state.box.sessions.map(({ sessionId }) => sessionId);

afterEach(async () => {
  await window.services.end();
  await estate.stop();
});

describe("a session that writes", () => {
  beforeEach(() => open());

  test("is ended once, is read back as gone, and its application comes back under another number", async () => {
    const seen = await firstWriter();
    const acknowledged = truth(estate.world.state).acknowledgedRows;
    expect(await end(seen)).toEqual({ kind: "killed", look: { kind: "gone" } });
    expect(kills()).toEqual([[`KILL ${seen.sessionId}`, 1, "done"]]);
    const logged = window.services.log.read().filter(({ area }) => area === "session");
    expect(logged.map(({ words }) => words)).toEqual([
      expect.stringContaining(`(${seen.login}) is to be ended on SQLBOX01.`),
      expect.stringContaining("is gone from SQLBOX01, read back."),
    ]);
    expect(truth(estate.world.state).acknowledgedRows).toBe(acknowledged);
    expect((await writing()).map(({ session }) => session?.sessionId)).not.toContain(
      seen.sessionId,
    );
    const before = idsOn();
    estate.world.advance(6_000);
    expect(idsOn().filter((id) => !before.includes(id))).toHaveLength(1);
  });

  test("that has gone meanwhile is told as gone, and no KILL is sent", async () => {
    const seen = await firstWriter();
    estate.world.killWorkloadSession("box", seen.sessionId);
    expect(await end(seen)).toEqual({ kind: "goneAlready" });
    expect(kills()).toEqual([]);
  });

  test.each<readonly [string, Partial<SeenSession>]>([
    ["another login time", { loginTime: "2026-11-21T08:00:00.003" }],
    ["another process", { hostProcessId: 1 }],
    ["no process", { hostProcessId: null }],
    ["another login", { login: "somebody" }],
  ])("with %s is another session, and stays", async (_what, other) => {
    const seen = await firstWriter();
    expect(await end({ ...seen, ...other })).toEqual({ kind: "otherSession" });
    expect(kills()).toEqual([]);
    expect(idsOn()).toContain(seen.sessionId);
  });

  test("on another server than the one it was seen on stays", async () => {
    const seen = await firstWriter();
    expect(await end({ ...seen, serverName: "SQLBOX02" })).toMatchObject({
      kind: "refused",
      problem: { code: "otherServer" },
    });
    expect(idsOn()).toContain(seen.sessionId);
  });

  test("without the right to KILL stays, and the right is named", async () => {
    const seen = await firstWriter();
    estate.world.fault({
      kind: "permissionTaken",
      server: "box",
      permission: "ALTER ANY CONNECTION",
      on: true,
    });
    expect(await end(seen)).toMatchObject({
      kind: "refused",
      problem: {
        sqlNumber: 6102,
        summary: "practice_dba has no ALTER ANY CONNECTION on SQLBOX01.",
        remedy: "Ask for: GRANT ALTER ANY CONNECTION TO [practice_dba];",
      },
    });
    expect(idsOn()).toContain(seen.sessionId);
  });

  test("whose server does not let sessions be seen is not told as gone", async () => {
    const seen = await firstWriter();
    for (const permission of ["VIEW SERVER STATE", "VIEW SERVER PERFORMANCE STATE"]) {
      estate.world.fault({ kind: "permissionTaken", server: "box", permission, on: true });
    }
    expect(await end(seen)).toMatchObject({
      kind: "refused",
      problem: { code: "noPermission" },
    });
    expect(idsOn()).toContain(seen.sessionId);
  });

  test.each([
    ["when the batch has arrived", "sent", { kind: "gone" }],
    ["when it has not", "notSent", { kind: "there" }],
  ] as const)(
    "whose answer is lost is looked at, and nothing is sent again: %s",
    async (_when, how, look) => {
      const seen = await firstWriter();
      const { box } = await sources();
      if ("unreachable" in box) throw new Error("Not connected.");
      let reads = 0;
      const losing: SqlSession = {
        ...box,
        async read(...asked) {
          reads += 1;
          if (reads > 1) return box.read(...asked);
          if (how === "sent") await box.read(...asked);
          throw new AppError(lostAnswer("SQLBOX01", "ECONNRESET"));
        },
      };
      expect(
        await endSession(losing, seen, { clock: hastyClock(), login: "practice_dba" }),
      ).toEqual({
        kind: "unknown",
        problem: lostAnswer("SQLBOX01", "ECONNRESET"),
        look,
      });
      expect(kills()).toHaveLength(how === "sent" ? 1 : 0);
    },
  );
});

describe("a connection whose number another one has by now", () => {
  beforeEach(() => open());

  test("is not ended, and the other one works on", async () => {
    const asked =
      "SELECT session_id, CONVERT(varchar(33), login_time, 126) AS login_time, host_process_id, login_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID";
    const first = await connect(estate, "sqlServer");
    const [row] = await rowsOf(first, asked);
    await first.close();
    estate.world.advance(1_000);
    const second = await connect(estate, "sqlServer");
    try {
      const [taken] = await rowsOf(second, asked);
      expect(taken?.["session_id"]).toBe(row?.["session_id"]);
      const seen: SeenSession = {
        serverName: "SQLBOX01",
        sessionId: Number(row?.["session_id"]),
        loginTime: String(row?.["login_time"]),
        hostProcessId: Number(row?.["host_process_id"]),
        login: String(row?.["login_name"]),
      };
      expect(await end(seen)).toEqual({ kind: "otherSession" });
      expect(await rowsOf(second, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      await second.close();
    }
  });
});

describe("where a rollback takes as long as the work did", () => {
  beforeEach(() => open({ rollbackAfterKill: "asLongAsTheWork" }));

  test("the session is told to roll back until a later look shows it gone", async () => {
    const seen = await firstWriter();
    expect(await end(seen)).toMatchObject({
      kind: "killed",
      look: { kind: "rollingBack", percent: 0 },
    });
    const { sessionId, loginTime } = seen;
    const connectionId = await boxId();
    const look = () => window.ask("session.look", { connectionId, sessionId, loginTime });
    expect(await look()).toMatchObject({ kind: "rollingBack" });
    estate.world.advance(20_000);
    expect(await look()).toEqual({ kind: "gone" });
  });
});
