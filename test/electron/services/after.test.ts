// After a failover, through the window's contract over real TDS: who still connects to the old side, kept in the run's report.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { readLater } from "../../../electron/store/later-readings.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import { connect } from "../../practice/server/practice-estate.ts";

let estate: PracticeEstate;
let window: InProcessWindow;
const runId = "20261121T080000Z-0a1b2c3d";

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  window = practiceWindow(estate);
  await connectBoth(window, estate);
  mkdirSync(join(window.dataDir, "runs", runId), { recursive: true });
});
afterAll(async () => {
  await window.services.end();
  await estate.stop();
});

const ask = async () => {
  const pair = await pairIn(window);
  return window.ask("sessions.connected", { pair, side: "instance", databases: ["Adatum"], runId });
};

test("nobody is told as nobody, and a connection to the database with login, program and last request", async () => {
  expect(await ask()).toMatchObject({ kind: "seen", sessions: [] });
  const late = await connect(estate, "managedInstance", {
    database: "Adatum",
    appName: "Old report",
  });
  try {
    await late.request().query("SELECT 1 AS one");
    expect(await ask()).toMatchObject({
      kind: "seen",
      databases: ["Adatum"],
      sessions: [
        {
          login: "practice_dba",
          program: "Old report",
          database: "Adatum",
          lastRequest: expect.stringMatching(/^2026-11-21T08:00/u) as unknown,
        },
      ],
    });
  } finally {
    await late.close();
  }
});

test("what was read last is kept with the run, and nothing older", () => {
  const kept = readLater(window.dataDir, runId);
  expect(kept).toMatchObject([
    { kind: "connected", side: "instance", connected: { sessions: [{ program: "Old report" }] } },
  ]);
});

test("without the right to see sessions it is not known, and never nobody", async () => {
  for (const permission of ["VIEW SERVER STATE", "VIEW SERVER PERFORMANCE STATE"]) {
    estate.world.fault({ kind: "permissionTaken", server: "instance", permission, on: true });
  }
  expect(await ask()).toEqual({
    kind: "unreadable",
    because: expect.stringContaining("has no VIEW SERVER PERFORMANCE STATE") as unknown,
  });
  for (const permission of ["VIEW SERVER STATE", "VIEW SERVER PERFORMANCE STATE"]) {
    estate.world.fault({ kind: "permissionTaken", server: "instance", permission, on: false });
  }
});

test("a side that does not answer is not known, with the reason", async () => {
  const instance = (await window.ask("connection.list", {})).find((one) => one.side === "instance");
  await window.ask("connection.close", { connectionId: instance?.connectionId ?? "" });
  expect(await ask()).toEqual({
    kind: "unreadable",
    because: "The managed instance is not connected.",
  });
});
