// What the two commands decide: when to install, what the counts mean, what CI lets pass.
import { describe, expect, test } from "vitest";
import { stampOf } from "../../build/install.mjs";
import { allowedSkip, verdictOf } from "../../build/verdict.mjs";

const machine = { platform: "linux", arch: "x64", nodeMajor: "20" };

describe("the install stamp", () => {
  test("is the same for the same lock file and machine", () => {
    expect(stampOf("lock", machine)).toBe(stampOf("lock", { ...machine }));
  });
  test.each([
    ["the lock file", "other", machine],
    ["the platform", "lock", { ...machine, platform: "win32" }],
    ["the architecture", "lock", { ...machine, arch: "arm64" }],
    ["the major version of Node", "lock", { ...machine, nodeMajor: "22" }],
  ])("changes with %s", (_what, lock, where) => {
    expect(stampOf(lock, where)).not.toBe(stampOf("lock", machine));
  });
});

describe("the verdict of a test run", () => {
  const last = (counts, ci) => {
    const { exitCode, lines } = verdictOf({ windowSpecs: 1, ...counts }, { ci });
    return [exitCode, lines.at(-1)];
  };
  test("is good when everything passed", () => {
    expect(last({ passed: 3, failed: 0, skipped: [] }, true)).toEqual([
      0,
      "3 passed, 0 failed, 0 skipped",
    ]);
  });
  test("is bad when one failed, and when nothing ran", () => {
    expect(last({ passed: 3, failed: 1, skipped: [] }, false)[0]).toBe(1);
    expect(last({ passed: 0, failed: 0, skipped: [] }, false)[0]).toBe(1);
  });
  test("is bad wherever it runs when no spec drove the window, whatever else passed", () => {
    const counts = { passed: 3, failed: 0, skipped: [], windowSpecs: 0 };
    expect([last(counts, false), last(counts, true)]).toEqual([
      [1, "3 passed, 1 failed, 0 skipped"],
      [1, "3 passed, 1 failed, 0 skipped"],
    ]);
  });
  test("counts a skip as failure where CI is set, except for the missing Electron binary", () => {
    const skipped = [
      { name: "a", reason: allowedSkip },
      { name: "b", reason: "no tsql here" },
    ];
    expect(last({ passed: 3, failed: 0, skipped }, false)).toEqual([
      0,
      "3 passed, 0 failed, 2 skipped",
    ]);
    expect(last({ passed: 3, failed: 0, skipped }, true)).toEqual([
      1,
      "3 passed, 1 failed, 1 skipped",
    ]);
  });
});
