// Row counts side by side: the same, different, and not to be compared; a missing number is never 0.
import { describe, expect, test } from "vitest";
import type { RowCounts, SideRows } from "../../../shared/rows/row-counts.ts";
import { comparedTables, rowLines, rowVerdict } from "../../../shared/rows/row-counts.ts";

function side(serverName: string, rows: Readonly<Record<string, number | null>>): SideRows {
  const tables = Object.entries(rows).map(([tableName, rowTotal]) => ({
    schemaName: "dbo",
    tableName,
    rowTotal,
  }));
  return { kind: "seen", serverName, serverTime: "2026-11-21 22:00:00 +02:00", tables };
}

function counts(box: SideRows, instance: SideRows): RowCounts {
  return { database: "Adatum", sides: { box, instance } };
}

const unread: SideRows = { kind: "unreadable", because: "sqlmi1 does not answer." };

describe("rowVerdict", () => {
  test.each<[string, RowCounts, string, string]>([
    [
      "equal numbers",
      counts(side("BOX", { Orders: 5, Lines: 0 }), side("MI", { Lines: 0, Orders: 5 })),
      "same",
      "Both catalogs count the same rows in 2 tables of Adatum.",
    ],
    [
      "another number",
      counts(side("BOX", { Orders: 6 }), side("MI", { Orders: 5 })),
      "different",
      "The catalogs of Adatum differ in dbo.Orders.",
    ],
    [
      "an empty table on one side that the other does not have",
      counts(side("BOX", { Lines: 0 }), side("MI", {})),
      "different",
      "The catalogs of Adatum differ in dbo.Lines.",
    ],
    [
      "a number that neither side tells",
      counts(side("BOX", { Orders: null }), side("MI", { Orders: null })),
      "different",
      "The catalogs of Adatum differ in dbo.Orders.",
    ],
    [
      "a side that was not read",
      counts(side("BOX", { Orders: 5 }), unread),
      "unknown",
      "The rows of Adatum cannot be compared: sqlmi1 does not answer.",
    ],
  ])("of %s", (_, seen, kind, sentence) => {
    expect(rowVerdict(seen)).toEqual({ kind, sentence });
  });
});

test("comparedTables gives a side that was not read no number", () => {
  expect(comparedTables(counts(side("BOX", { Orders: 5 }), unread))).toEqual([
    { table: "dbo.Orders", box: 5, instance: null },
  ]);
});

test("rowLines say what the numbers are and when each side counted", () => {
  const lines = rowLines(counts(side("BOX", { Orders: 5 }), side("MI", { Orders: 12 })));
  expect(lines.slice(1, 3)).toEqual([
    "  Table       SQL Server  Managed instance",
    "  dbo.Orders           5                12",
  ]);
  expect(lines).toContain("BOX counted at 2026-11-21 22:00:00 +02:00.");
  expect(lines.at(-1)).toContain("no proof that the rows are equal");
});
