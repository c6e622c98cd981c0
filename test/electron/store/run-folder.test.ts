// Folders on disk: where they are made, whom they are for, and how an unfinished run is found again.
import {
  appendFileSync,
  mkdtempSync,
  mkdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createJournal } from "../../../electron/run/journal.ts";
import { dataFolderCandidates, openDataFolder } from "../../../electron/store/data-folder.ts";
import type { Machine } from "../../../electron/store/data-folder.ts";
import {
  createRunFolder,
  findUnfinishedRuns,
  newRunId,
} from "../../../electron/store/run-folder.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { fakeRunStarted } from "../../fakes/fake-run.ts";

const linux: Machine = {
  platform: "linux",
  environment: {},
  home: "/home/dba",
  temporary: "/tmp",
  userId: 1000,
};

function temporary(): string {
  return mkdtempSync(join(tmpdir(), "mi-link-store-"));
}

describe("the data folder", () => {
  test.each<[string, Machine, string]>([
    ["Linux", linux, "/home/dba/.local/share/mi-link-failover"],
    [
      "Linux with XDG_DATA_HOME",
      { ...linux, environment: { XDG_DATA_HOME: "/data" } },
      "/data/mi-link-failover",
    ],
    [
      "Linux with a relative XDG_DATA_HOME",
      { ...linux, environment: { XDG_DATA_HOME: "data" } },
      "/home/dba/.local/share/mi-link-failover",
    ],
    ["Linux without a home", { ...linux, home: undefined }, "/tmp/mi-link-failover-1000"],
    [
      "Windows",
      {
        platform: "win32",
        environment: { LOCALAPPDATA: "C:\\Users\\dba\\AppData\\Local" },
        home: "C:\\Users\\dba",
        temporary: "C:\\Temp",
        userId: undefined,
      },
      "C:\\Users\\dba\\AppData\\Local\\mi-link-failover",
    ],
    [
      "macOS",
      { ...linux, platform: "darwin" },
      "/home/dba/Library/Application Support/mi-link-failover",
    ],
  ])("on %s comes first where the platform keeps such things", (_name, machine, folder) => {
    expect(dataFolderCandidates(machine)[0]).toBe(folder);
  });

  test("without a home that can be written is made below the temporary folder, for this user alone", () => {
    const base = temporary();
    writeFileSync(join(base, "file"), "");
    const folder = openDataFolder(undefined, {
      ...linux,
      home: join(base, "file"),
      temporary: base,
      userId: process.getuid?.(),
    });
    expect(folder.startsWith(base)).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test("that is a link put there by somebody is refused", () => {
    const base = temporary();
    const userId = process.getuid?.();
    symlinkSync(temporary(), join(base, `mi-link-failover-${String(userId ?? "user")}`));
    expect(() =>
      openDataFolder(undefined, { ...linux, home: undefined, temporary: base, userId }),
    ).toThrow(AppError);
  });

  test("named by the operator is taken as it is, or refused", () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "");
    expect(() => openDataFolder(file, linux)).toThrow(AppError);
  });
});

describe("the folder of a run", () => {
  const runId = newRunId(Date.UTC(2026, 8, 12, 22, 1, 2), "0a1b2c3d");

  test("is named by its time, and never used twice", () => {
    expect(runId).toBe("20260912T220102Z-0a1b2c3d");
    const data = temporary();
    const { folder } = createRunFolder(data, runId);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(() => createRunFolder(data, runId)).toThrow(AppError);
  });

  test("is found again while its journal has no end, and not after", () => {
    const data = temporary();
    const { journalFile } = createRunFolder(data, runId);
    const journal = createJournal(journalFile, fakeClock());
    expect(findUnfinishedRuns(data)).toEqual({ unfinished: [], damaged: [] });
    journal.append(fakeRunStarted(fakePlan));
    appendFileSync(journalFile, '{"torn');
    expect(findUnfinishedRuns(data).unfinished.map((one) => one.files.runId)).toEqual([runId]);
  });

  test("that ended is not found", () => {
    const data = temporary();
    const journal = createJournal(createRunFolder(data, runId).journalFile, fakeClock());
    journal.append(fakeRunStarted(fakePlan));
    journal.append({ kind: "runEnded", outcome: "stopped", summary: "" });
    journal.close();
    expect(findUnfinishedRuns(data).unfinished).toEqual([]);
  });

  test("whose journal is damaged is told and hides no other", () => {
    const data = temporary();
    writeFileSync(createRunFolder(data, runId).journalFile, "{\n");
    const other = createRunFolder(data, newRunId(0, "00000000"));
    createJournal(other.journalFile, fakeClock()).append(fakeRunStarted(fakePlan));
    mkdirSync(join(data, "runs", "empty"));
    const { unfinished, damaged } = findUnfinishedRuns(data);
    expect([unfinished.length, damaged.map((one) => one.code)]).toEqual([1, ["journalDamaged"]]);
  });
});
