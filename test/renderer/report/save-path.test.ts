// Paths and names of the save window on Windows and elsewhere, and the look of a verdict.
import { describe, expect, test } from "vitest";
import { isThere, nameProblem, pathIn, safeFileName } from "../../../renderer/report/save-path.ts";
import { toneOf } from "../../../renderer/report/tone.ts";
import { hostileNames } from "../../shared/estate/sample-estate.ts";

const folder = (path: string, files: readonly string[]) => ({
  folder: path,
  parent: null,
  folders: [],
  files,
});

test("a name joins its folder as the folder's system writes paths", () => {
  expect([
    pathIn("/home/dba", "a.md"),
    pathIn("/", "a.md"),
    pathIn("C:\\Users\\dba", "a.md"),
    pathIn("C:\\", "a.md"),
    pathIn("\\\\share\\dba", "a.md"),
  ]).toEqual([
    "/home/dba/a.md",
    "/a.md",
    "C:\\Users\\dba\\a.md",
    "C:\\a.md",
    "\\\\share\\dba\\a.md",
  ]);
});

describe("the name of a file", () => {
  test("is refused where the system would take it for something else", () => {
    expect(["", "  ", "..", "a/b"].map((name) => nameProblem("/home", name) !== undefined)).toEqual(
      [true, true, true, true],
    );
    expect(nameProblem("C:\\", "a:b")).toBe("A name cannot hold :");
    expect(nameProblem("/home", "a:b")).toBeUndefined();
  });

  test("is there already without regard to case on Windows alone", () => {
    expect(isThere(folder("C:\\x", ["Report.md"]), " report.md ")).toBe(true);
    expect(isThere(folder("/x", ["Report.md"]), "report.md")).toBe(false);
    expect(isThere(folder("/x", ["Report.md"]), "Report.md")).toBe(true);
  });

  test.each(hostileNames)("made from %j is one that every system takes", (name) => {
    const safe = safeFileName(name, "md");
    expect(nameProblem("C:\\", safe)).toBeUndefined();
    expect(safe.length).toBeLessThanOrEqual(103);
    expect(safe).toMatch(/^[\p{L}\p{N}._-]+\.md$/u);
  });
});

test("only a success is green, and only a failure is red", () => {
  const outcomes = ["succeeded", "warning", "failed", "stopped", "unknown", "notReady"] as const;
  expect(outcomes.map(toneOf)).toEqual([
    "ready",
    "attention",
    "loss",
    "neutral",
    "attention",
    "neutral",
  ]);
});
