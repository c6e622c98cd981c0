import { describe, expect, test } from "vitest";
import { adjustableClock } from "../../../practice/control/adjustable-clock.ts";
import { answerRequest } from "../../../practice/control/answer-request.ts";
import type { Controlled } from "../../../practice/control/answer-request.ts";
import { help } from "../../../practice/control/options.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { createWorld } from "../../../practice/world/create-world.ts";
import type { Fault } from "../../../practice/world/world.ts";

/** One of each kind: a fault that is missing here does not compile. */
const everyFault: { readonly [Kind in Fault["kind"]]: Extract<Fault, { readonly kind: Kind }> } = {
  linkDisconnected: { kind: "linkDisconnected", on: true },
  suspended: { kind: "suspended", server: "instance", on: true },
  restart: { kind: "restart", server: "box" },
  unreachable: { kind: "unreachable", server: "box", on: true },
  dropConnections: { kind: "dropConnections", server: "instance" },
  rolesMoved: { kind: "rolesMoved" },
  networkDelay: { kind: "networkDelay", ms: 500 },
  failoverOutcome: { kind: "failoverOutcome", error: 47514, rolesMoved: "half" },
  roleChangeStalls: { kind: "roleChangeStalls", ms: 5000 },
  answerLost: { kind: "answerLost", afterMs: 100, how: "silence" },
  connectionLost: { kind: "connectionLost", server: "box", sessionId: 51, how: "cut" },
  blackhole: { kind: "blackhole", server: "instance", on: true },
  localGroupMoves: { kind: "localGroupMoves", on: true },
  noAutomaticBackups: { kind: "noAutomaticBackups", on: true },
  permissionTaken: {
    kind: "permissionTaken",
    server: "box",
    permission: "VIEW SERVER STATE",
    on: true,
  },
  userCommits: { kind: "userCommits", server: "box", rows: 3 },
  commitDuringBackup: { kind: "commitDuringBackup", server: "box", times: "each" },
  commitAfterBackup: { kind: "commitAfterBackup", server: "box", times: "once", afterMs: 0 },
  backupDevice: { kind: "backupDevice", server: "instance", how: "hangs" },
  backupDamage: { kind: "backupDamage", server: "box", how: "flagged" },
  logChain: { kind: "logChain", server: "box", how: "otherFork" },
  forced: { kind: "forced", server: "instance" },
  demoted: { kind: "demoted", server: "box" },
  writersStopped: { kind: "writersStopped" },
};

function controlled(): Controlled & {
  readonly stops: string[];
  readonly azureFaults: unknown[];
} {
  const clock = adjustableClock(0, Date.UTC(2026, 10, 21, 8));
  const stops: string[] = [];
  const azureFaults: unknown[] = [];
  const azure = { requests: [], fault: (fault: unknown) => azureFaults.push(fault) };
  return {
    world: createWorld(healthy, clock),
    clock,
    stops,
    startOver: (scenario) => stops.push(`start over: ${scenario}`),
    stop: () => stops.push("stop"),
    azureFaults,
    entra: azure,
    arm: azure,
  };
}

describe("control requests", () => {
  test("the truth is the world's own, as plain JSON, with the id echoed", () => {
    const answer = answerRequest(controlled(), { id: "a 🙂", ask: "truth" });
    expect(answer).toMatchObject({
      id: "a 🙂",
      ok: true,
      value: { box: { role: "PRIMARY" }, instance: { role: "SECONDARY" } },
    });
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  test("the workload stops and the world moves on by as much as asked", () => {
    const to = controlled();
    const before = to.world.state.nowMs;
    expect(answerRequest(to, { id: 1, do: "workload", running: false })).toEqual({
      id: 1,
      ok: true,
      value: null,
    });
    answerRequest(to, { do: "advance", ms: 5000 });
    expect(to.world.state.nowMs - before).toBe(5000);
    expect(to.world.state.workload.running).toBe(false);
    expect(answerRequest(to, { id: 2, ask: "clock" })).toEqual({
      id: 2,
      ok: true,
      value: { nowMs: before + 5000, speed: 0 },
    });
  });

  test.each(Object.values(everyFault))(
    "the fault $kind reaches the world as it was sent",
    (fault) => {
      const to = controlled();
      const received: Fault[] = [];
      to.world.onFault((one) => received.push(one));
      expect(answerRequest(to, { do: "fault", fault })).toMatchObject({ ok: true });
      expect(received).toEqual([fault]);
    },
  );

  test("the help shows every fault, and takes what it shows", () => {
    const shown = help.split("\n").flatMap((line) => /^ {4}(\{"kind".*\})/u.exec(line)?.[1] ?? []);
    const faults = shown.map((text): unknown =>
      JSON.parse(
        text
          .replace(/:S\b/u, ':"box"')
          .replace(/:N\b/u, ":1")
          .replace(/:B\b/u, ":true")
          .replaceAll(/(?:\|"\w+")+/gu, ""),
      ),
    );
    expect(faults).toHaveLength(Object.keys(everyFault).length);
    for (const kind of Object.keys(everyFault)) {
      expect(faults).toContainEqual(expect.objectContaining({ kind }));
    }
    for (const fault of faults) {
      expect(answerRequest(controlled(), { do: "fault", fault })).toMatchObject({ ok: true });
    }
  });

  test("the help shows every fault of Azure, and takes what it shows", () => {
    const shown = help
      .split("\n")
      .flatMap((line) => /^ {2}\{"do":"(\w+Fault)"|^ {6}(\{"kind".*\})/u.exec(line)?.slice(1) ?? [])
      .filter((text) => typeof text === "string");
    const to = controlled();
    let request = "";
    for (const text of shown) {
      if (text.endsWith("Fault")) {
        request = text;
        continue;
      }
      const fault: unknown = JSON.parse(
        text
          .replaceAll(/:N\b/gu, ":1")
          .replace(/:B\b/u, ":true")
          .replaceAll(/\|(?:"\w+"|null)/gu, ""),
      );
      expect(answerRequest(to, { do: request, fault }), text).toMatchObject({ ok: true });
    }
    expect(to.azureFaults).toHaveLength(17);
  });

  test("faults of the directory and of ARM reach them, and what both were asked is told", () => {
    const to = controlled();
    const entraFault = { kind: "deviceCodes", lifetimeSeconds: 1, intervalSeconds: 0 };
    const armFault = { kind: "throttled", requests: 3, retryAfterSeconds: 0 };
    answerRequest(to, { do: "entraFault", fault: entraFault });
    answerRequest(to, { do: "armFault", fault: armFault });
    expect(to.azureFaults).toEqual([entraFault, armFault]);
    expect(answerRequest(to, { ask: "azure" })).toMatchObject({
      ok: true,
      value: { entra: [], arm: [] },
    });
  });

  test.each(["view server state", "CONTROL SERVER", "CONNECT ms ] ' db", "BACKUP LOG Adatum"])(
    "the right to %s can be taken away",
    (permission) => {
      const to = controlled();
      answerRequest(to, { do: "fault", fault: { ...everyFault.permissionTaken, permission } });
      expect(to.world.state.box.deniedPermissions).toEqual([permission]);
    },
  );

  test.each(["VIEW EVERYTHING", "CONNECT ", "toString", ""])(
    "a right to %j, which nobody checks, cannot be taken away",
    (permission) => {
      const fault = { ...everyFault.permissionTaken, permission };
      expect(answerRequest(controlled(), { do: "fault", fault })).toMatchObject({
        ok: false,
        error: expect.stringContaining("The practice estate checks no such permission") as string,
      });
    },
  );

  test("statements are what the servers received", () => {
    const to = controlled();
    const session = { sessionId: 51, login: "dba", currentDatabase: "master" };
    to.world.received("box", "SELECT ']' -- 🙂\n", session)("done");
    expect(answerRequest(to, { id: 1, ask: "statements" })).toMatchObject({
      ok: true,
      value: [{ server: "box", text: "SELECT ']' -- 🙂\n", outcome: "done" }],
    });
  });

  test("starting over is passed on with the scenario's name, and why it cannot be is the answer", () => {
    const to = controlled();
    const request = { id: 9, do: "startOver", scenario: "split-brain" };
    expect(answerRequest(to, request)).toEqual({ id: 9, ok: true, value: null });
    expect(to.stops).toEqual(["start over: split-brain"]);
    const startOver = () => {
      throw new Error("There is no scenario 'split-brain'.");
    };
    expect(answerRequest({ ...to, startOver }, request)).toEqual({
      id: 9,
      ok: false,
      error: "There is no scenario 'split-brain'.",
    });
  });

  test("stop is answered and passed on", () => {
    const to = controlled();
    expect(answerRequest(to, { id: 9, do: "stop" })).toEqual({ id: 9, ok: true, value: null });
    expect(to.stops).toEqual(["stop"]);
  });

  test.each([
    [undefined, null],
    [null, null],
    [{ id: 3, ask: "everything" }, 3],
    [{ id: 4, do: "fault", fault: { kind: "meteor" } }, 4],
    [{ id: 9, do: "armFault", fault: { kind: "refreshTokensRevoked" } }, 9],
    [{ id: 10, do: "entraFault", fault: { kind: "slow", ms: -1 } }, 10],
    [{ id: 5, do: "advance", ms: -1 }, 5],
    [{ id: 6, do: "workload" }, 6],
    [{ id: 7, ask: "truth", do: "stop" }, 7],
    [[{ id: 8 }], null],
  ])("%j is answered with an error and changes nothing", (request, id) => {
    const to = controlled();
    const answer = answerRequest(to, request);
    expect(answer).toMatchObject({ id, ok: false });
    expect(answer).toHaveProperty("error");
    expect([to.stops, to.azureFaults]).toEqual([[], []]);
  });
});

describe("the adjustable clock", () => {
  test("stands still at speed 0 and keeps what has passed when the speed changes", () => {
    const clock = adjustableClock(0, 1000);
    expect(clock.worldMs()).toBe(1000);
    clock.setSpeed(100);
    clock.setSpeed(0);
    const stopped = clock.worldMs();
    expect(stopped).toBeGreaterThanOrEqual(1000);
    expect(clock.worldMs()).toBe(stopped);
  });
});
