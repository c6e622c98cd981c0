// What the bench makes of its figures: no test says how fast anything has to be.
import { describe, expect, test } from "vitest";
import { median, ratio, table } from "../../build/bench/figures.mjs";
import { gateSeconds, report } from "../../build/bench/report.mjs";
import { defaultGateSettings } from "../../shared/choices/choices.ts";

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 4, 8], 6],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test.each([
  [3, 2, "1.5"],
  [1000, 300, "3.3"],
  [586, 5840, "0.1"],
  [82, 1000, "0.082"],
  [119.6, 10, "12"],
])("%d is compared with %d as %s", (value, reference, times) => {
  expect(ratio(value, reference)).toBe(times);
});

test("nothing has no median and is no reference", () => {
  expect(() => median([])).toThrow("no median");
  expect(() => ratio(1, 0)).toThrow("above 0");
});

test("a table's columns are as wide as their widest cell", () => {
  expect(
    table([
      ["", "Size"],
      ["Page", "1 kB"],
      ["All of it", "20 kB"],
    ]).split("\n"),
  ).toEqual([
    "|           | Size  |",
    "| --------- | ----- |",
    "| Page      | 1 kB  |",
    "| All of it | 20 kB |",
  ]);
});

describe("the report", () => {
  const size = { bytes: 2000, gzip: 1000 };
  const sizes = {
    atOnce: size,
    whenNeeded: { bytes: 6000, gzip: 3000 },
    largestWhenNeeded: [{ holds: "tedious", ...size }],
    script: { bytes: 6000, gzip: 3000 },
    ...{ style: size, practice: size, reactAlone: size },
  };
  const tree = { manyMs: 150, fewMs: 10 };
  const run = (usableMs, all, practice, failover) => ({
    ...{ drawnMs: usableMs / 2, usableMs, memory: { all: all * 1e6, practice: practice * 1e6 } },
    failover,
  });
  const blank = [run(1000, 100, 0), run(1000, 100, 0), run(4000, 100, 0)];
  const failover = { approvedMs: 20_000, roleChangeMs: 5000 };
  const rowsOf = (text) => text.split("\n").map((line) => line.split("|").map((x) => x.trim()));
  const row = (text, name) =>
    rowsOf(text)
      .find((cells) => cells[1] === name)
      ?.slice(2, 5);

  test("compares medians with the empty window, and a failover with the gate and the role change", () => {
    const window = [run(3000, 170, 50, failover), run(9000, 170, 50, failover), run(4000, 170, 50)];
    const text = report({ window, blank, tree, sizes });
    expect([
      row(text, "Process start to a usable tree, both servers read"),
      row(text, "Approve to Results"),
      row(text, "Memory of all processes"),
      row(text, "The same with the practice estate"),
      row(text, "Main process: loaded before the page is painted"),
    ]).toEqual([
      ["4.0 s", "1.0 s", "4"],
      ["20.0 s", "10.0 s", "2"],
      ["120 MB", "100 MB", "1.2"],
      ["170 MB", "100 MB", "1.7"],
      ["2 kB", "8 kB", "0.25"],
    ]);
  });

  test("compares the first rows of a full tree with the limit, and with ten times a tenth of it", () => {
    const name = "First rows of 5,000 databases and 500 links on each server";
    const rows = (drawnMs) => {
      const text = report({
        window: [run(1000, 100, 0)],
        blank,
        tree: { ...tree, drawnMs },
        sizes,
      });
      return [row(text, `${name}, drawn`), row(text, `${name}, the page's own code`)];
    };
    expect(rows(160)).toEqual([
      ["160 ms", "200 ms", "0.8"],
      ["150 ms", "100 ms", "1.5"],
    ]);
    expect(rows(undefined)).toEqual([undefined, ["150 ms", "100 ms", "1.5"]]);
  });

  test("says what was not measured, and shows no figure for it", () => {
    const window = [{ drawnMs: 1, usableMs: 2, memory: undefined, failover: undefined }];
    const text = report({ window, blank, tree, sizes });
    expect([row(text, "Approve to Results"), row(text, "Memory of all processes")]).toEqual([
      undefined,
      undefined,
    ]);
    expect(text).toContain("Memory is not measured");
    expect(text).toContain("The failover is not measured");
  });
});

test("the gate that a failover is compared with is the wizard's own", () => {
  expect(gateSeconds).toBe(defaultGateSettings.stableSeconds);
});
