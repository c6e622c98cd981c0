// Ages and log positions as they are written.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageText, freshness } from "../../../renderer/ui/age-text.ts";
import { lsnParts } from "../../../renderer/ui/lsn-parts.ts";
import { shortName } from "../../../renderer/ui/short-name.ts";

test.each([
  [-500, "0.0 s"],
  [400, "0.4 s"],
  [960, "1 s"],
  [42_400, "42 s"],
  [59_400, "59 s"],
  [60_000, "1 min"],
  [3_599_000, "59 min"],
  [3_600_000, "1 h"],
  [172_800_000, "2 d"],
])("%d ms is %s old", (ageMs, words) => {
  expect(ageText(ageMs)).toBe(words);
});

test.each([
  [10_000, "fresh"],
  [10_001, "old"],
  [60_000, "old"],
  [60_001, "stale"],
])("knowledge of %d ms is %s", (ageMs, word) => {
  expect(freshness(ageMs)).toBe(word);
});

describe("a log position", () => {
  const lsn = fc.stringMatching(/^[1-9]\d{15,24}$/u);

  test("keeps every digit, whatever it is compared with", () => {
    fc.assert(
      fc.property(lsn, fc.option(lsn, { nil: undefined }), (value, reference) => {
        const parts = lsnParts(value, reference);
        expect(parts.map(({ same, different }) => same + different).join("")).toBe(value);
      }),
    );
  });

  test("is cut before its last 15 and its last 5 digits", () => {
    expect(lsnParts("71000009408100001").map(({ same }) => same)).toEqual([
      "71",
      "0000094081",
      "00001",
    ]);
  });

  test("is marked from the first digit that differs on, also in groups that look alike", () => {
    expect(lsnParts("71000009326900001", "71000009408100001")).toEqual([
      { same: "71", different: "" },
      { same: "000009", different: "3269" },
      { same: "", different: "00001" },
    ]);
  });

  test("of another length differs as a whole", () => {
    const marked = lsnParts("171000009326900001", "71000009326900001");
    expect(marked.every(({ same }) => same === "")).toBe(true);
  });
});

test("an instance is called by the first part of its address, SQL Server as it calls itself", () => {
  expect(shortName("instance", "sqlmi1.0123.database.windows.net")).toBe("sqlmi1");
  expect(shortName("box", "box.with.dots")).toBe("box.with.dots");
  expect(shortName("instance", "10.0.0.4,1433")).toBe("10.0.0.4,1433");
});
