// How a drill ended, in words: each figure is the world's own, and what is not so is not said.
import { describe, expect, test } from "vitest";
import {
  drillEndLines,
  drillEndText,
  fileNameOf,
  rowRanges,
} from "../../../renderer/practice/drill-end-words.ts";
import type { WorldTruth } from "../../../shared/drills/world-truth.ts";

const side = {
  isPartnerConnected: true,
  isSuspended: false,
  linkDropped: false,
  takesWrites: false,
  rows: { count: 40, onlyHere: 0 },
};
const box = { ...side, name: "SQLBOX01" };
const instance = { ...side, name: "sqlmi1.0123.database.windows.net", takesWrites: true };
const healthy: WorldTruth = {
  nowMs: 0,
  box,
  instance,
  primaries: ["instance"],
  closedMs: 0,
  restored: [],
  gone: { lost: [], saved: [] },
};
const linesOf = (world: Partial<WorldTruth>) =>
  drillEndLines({
    reached: true,
    tookMs: 134_000,
    closedMs: 55_400,
    world: { ...healthy, ...world },
  });

test("nothing lost, one primary, and both measures", () => {
  expect(linesOf({})).toEqual([
    "The goal is reached.",
    "sqlmi1 is primary now. Applications can write on sqlmi1.",
    "Lost: nothing so far. Each row that applications were told is saved is on a server or in a backup.",
    "It took 2 min 14 s, from the start of the drill until the goal was seen.",
    "For 55 s of that, applications could write nowhere.",
    "This is the practice world's own account, not what the window has read.",
  ]);
});

test("what was restored, with its rows and the instance's", () => {
  const restored = [{ server: "box", name: "Adatum_failback", rows: 1 }] as const;
  expect(linesOf({ restored: [...restored] })[3]).toBe(
    "Restored: Adatum_failback on SQLBOX01, with 1 row. sqlmi1 has 40.",
  );
});

test("what is lost, saved and at risk, each with its rows and its place", () => {
  const lines = linesOf({
    primaries: ["box", "instance"],
    box: { ...box, rows: { count: 52, onlyHere: 12 } },
    instance: { ...instance, rows: { count: 70, onlyHere: 30 } },
    gone: {
      lost: [4],
      saved: [{ server: "box", path: "D:\\b ] '.bak", position: 2, rows: [5, 6, 7, 9] }],
    },
  });
  expect(lines.slice(1, 5)).toEqual([
    "sqlmi1 is primary now. Applications can write on sqlmi1. SQLBOX01 still takes itself for the primary too.",
    "Lost: 1 row that applications were told is saved. No server and no backup has them (4).",
    "Saved: 4 rows that no server has any more (5 to 7, 9), in the backup that SQLBOX01 wrote: D:\\b ] '.bak, position 2.",
    "At risk: 12 rows on SQLBOX01 alone. Lost if it never comes back, or is demoted before a backup holds them.",
  ]);
});

describe("who is primary", () => {
  test.each<[string, Partial<WorldTruth>, string]>([
    [
      "nobody",
      { primaries: [], instance: { ...instance, takesWrites: false } },
      "Nobody is primary now. Applications can write nowhere.",
    ],
    [
      "both, and both take writing",
      { primaries: ["box", "instance"], box: { ...box, takesWrites: true } },
      "Both SQLBOX01 and sqlmi1 take themselves for the primary. Applications can write on SQLBOX01 and sqlmi1.",
    ],
    [
      "no link any more",
      { primaries: [], instance: { ...instance, linkDropped: true } },
      "The link is gone. Applications can write on sqlmi1.",
    ],
  ])("%s", (_what, world, sentence) => {
    expect(linesOf(world)[1]).toBe(sentence);
  });

  test("with two that take writing, the rows of both sides are at risk", () => {
    const lines = linesOf({
      primaries: ["box", "instance"],
      box: { ...box, takesWrites: true, rows: { count: 42, onlyHere: 2 } },
      instance: { ...instance, rows: { count: 41, onlyHere: 1 } },
    });
    expect(lines.filter((line) => line.startsWith("At risk"))).toEqual([
      expect.stringContaining("2 rows on SQLBOX01 alone"),
      expect.stringContaining("1 row on sqlmi1 alone"),
    ]);
  });
});

test("ended by hand while a server took writing all the time says so", () => {
  const lines = drillEndLines({ reached: false, tookMs: 4000, closedMs: 0, world: healthy });
  expect(lines[0]).toBe("It was ended before its goal was reached.");
  expect(lines).toContain("It took 4.0 s, from the start of the drill until it was ended.");
  expect(lines).toContain("A server took writing all that time.");
});

test("the text names the drill and PRACTICE, and its file bears no sign that a disk refuses", () => {
  const end = {
    number: 3,
    name: "SQL Server: is/lost",
    reached: true,
    tookMs: 0,
    closedMs: 0,
    world: healthy,
  };
  expect(drillEndText(end)).toMatch(/^PRACTICE\. Drill 3: SQL Server: is\/lost\n\n- The goal/u);
  expect(fileNameOf(end)).toBe("drill-3-sql-server-is-lost.txt");
});

test("rows are told as ranges", () => {
  expect(rowRanges([])).toBe("");
  expect(rowRanges([1, 2, 3, 7, 9, 10])).toBe("1 to 3, 7, 9 to 10");
});
