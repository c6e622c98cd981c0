// The order in which an assessment is shown.
import { expect, test } from "vitest";
import { gravestFirst, passedLast, tallyOf } from "../../../renderer/readiness/group-order.ts";
import type { Finding, FindingLevel } from "../../../shared/checks/finding.ts";

const finding = (level: FindingLevel, summary: string = level): Finding => ({
  check: "x",
  level,
  blocks: false,
  where: "box",
  server: "S",
  summary,
  remedy: "",
});
const mixed = [
  finding("passed"),
  finding("warning", "first"),
  finding("waits"),
  finding("unknown"),
  finding("warning", "second"),
  finding("failed"),
];

test("what is grave comes first, and of equals what was found first", () => {
  expect(gravestFirst(mixed).map(({ summary }) => summary)).toEqual([
    "failed",
    "first",
    "second",
    "unknown",
    "waits",
    "passed",
  ]);
});

test("groups in which all passed come last, the others stay in their order", () => {
  const group = (title: string, ...levels: readonly FindingLevel[]) => ({
    title,
    findings: levels.map((level) => finding(level)),
  });
  const groups = [group("a", "passed"), group("b", "passed", "waits"), group("c", "warning")];
  expect(passedLast(groups).map(({ title }) => title)).toEqual(["b", "c", "a"]);
});

test("a group is counted in words", () => {
  expect(tallyOf(mixed)).toBe("1 failed, 2 warnings, 1 unknown, 1 waits");
  expect(tallyOf([finding("passed")])).toBe("Ready");
});
