// Every column type on its way to a client, with values at its limits and NULLs.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Column, SqlOutput, SqlType, SqlValue } from "../../../practice/sql-types.ts";
import { goodPassword } from "./fake-backend.ts";
import { failureOf, valuesOf } from "./outputs.ts";
import { practiceServer, withPool } from "./practice-server.ts";
import { tsql } from "./tsql.ts";

const it = practiceServer("optional");

interface Case {
  readonly type: SqlType;
  readonly value: SqlValue;
  /** What mssql makes of it. */
  readonly seen: unknown;
  /** What FreeTDS prints; the value itself where absent. */
  readonly printed?: string;
}

const guid = "6F9619FF-8B86-D011-B42D-00C04FC964FF";
const lsn = "1234567890123456789012345";
const text = "ö ] ' \" $(x) €";

const cases: readonly Case[] = [
  { type: { name: "bit" }, value: true, seen: true, printed: "1" },
  { type: { name: "bit" }, value: 0, seen: false, printed: "0" },
  { type: { name: "tinyint" }, value: 255, seen: 255 },
  { type: { name: "smallint" }, value: -32768, seen: -32768 },
  { type: { name: "int" }, value: -2147483648, seen: -2147483648 },
  { type: { name: "bigint" }, value: -9223372036854775808n, seen: "-9223372036854775808" },
  { type: { name: "bigint" }, value: "9223372036854775807", seen: "9223372036854775807" },
  { type: { name: "float" }, value: -0.25, seen: -0.25 },
  { type: { name: "uniqueidentifier" }, value: guid, seen: guid },
  {
    type: { name: "datetime" },
    value: "2026-11-21T08:00:00.123",
    seen: new Date("2026-11-21T08:00:00.123Z"),
    printed: "Nov 21 2026 08:00AM",
  },
  {
    type: { name: "datetime" },
    value: "1753-01-01T00:00:00.000",
    seen: new Date("1753-01-01T00:00:00.000Z"),
    printed: "Jan  1 1753 12:00AM",
  },
  {
    type: { name: "datetime2", scale: 7 },
    value: "9999-12-31T23:59:59.9999999",
    seen: new Date("9999-12-31T23:59:59.999Z"),
    printed: "Dec 31 9999 11:59PM",
  },
  {
    type: { name: "datetime2", scale: 0 },
    value: "0001-01-01",
    seen: new Date("0001-01-01T00:00:00Z"),
    printed: "Jan  1 1 12:00AM",
  },
  {
    type: { name: "datetimeoffset", scale: 3 },
    value: "2026-11-21T00:30:00.5 +02:00",
    seen: new Date("2026-11-20T22:30:00.500Z"),
    printed: "Nov 21 2026 12:30AM",
  },
  { type: { name: "numeric", precision: 25, scale: 0 }, value: lsn, seen: Number(lsn) },
  {
    type: { name: "numeric", precision: 9, scale: 3 },
    value: "-1.5",
    seen: -1.5,
    printed: "-1.500",
  },
  {
    type: { name: "numeric", precision: 19, scale: 2 },
    value: 1e15,
    seen: 1e15,
    printed: "1000000000000000.00",
  },
  { type: { name: "varchar", length: 20 }, value: text, seen: text },
  { type: { name: "varchar", length: "max" }, value: text.repeat(1000), seen: text.repeat(1000) },
  { type: { name: "nvarchar", length: 20 }, value: `${text} 🙂`, seen: `${text} 🙂` },
  { type: { name: "nvarchar", length: 128 }, value: "n".repeat(128), seen: "n".repeat(128) },
  { type: { name: "nvarchar", length: "max" }, value: "🙂".repeat(9000), seen: "🙂".repeat(9000) },
  { type: { name: "nvarchar", length: "max" }, value: "", seen: "" },
  {
    type: { name: "varbinary", length: 4 },
    value: Uint8Array.of(0, 255, 26),
    seen: Buffer.from([0, 255, 26]),
    printed: "00ff1a",
  },
  {
    type: { name: "varbinary", length: "max" },
    value: Uint8Array.of(1),
    seen: Buffer.from([1]),
    printed: "01",
  },
];

const columns: readonly Column[] = cases.map(({ type }, index) => ({
  name: `c${String(index)}`,
  type,
}));

const table = (...rows: readonly (readonly SqlValue[])[]): SqlOutput[] => [
  { kind: "columns", columns },
  ...rows.map((values) => ({ kind: "row", values }) as const),
];

const nulls = cases.map(() => null);
const full = cases.map(({ value }) => value);
const everyOther = cases.map(({ value }, index) => (index % 2 === 0 ? null : value));

test("every type comes through mssql with its values and NULLs", async () => {
  it.backend.scripts.set("types", () => table(full, nulls, everyOther));
  const result = await withPool(it, {}, (pool) => pool.request().batch("types"));
  const seen = cases.map((one) => one.seen);
  expect(valuesOf(result)).toEqual([
    seen,
    nulls,
    seen.map((value, index) => (index % 2 === 0 ? null : value)),
  ]);
});

test.each(["7.4", "7.3"])("every type comes through FreeTDS with TDS %s", async (version) => {
  it.backend.scripts.set("types\n", () => table(full, nulls));
  const { stdout } = await tsql({
    port: it.port,
    password: goodPassword,
    input: "types\ngo\n",
    settings: [`tds version = ${version}`, "text size = 1000000"],
  });
  const [, values, none] = stdout
    .trimEnd()
    .split("\n")
    .slice(-3)
    .map((line) => line.split("|"));
  expect(none).toEqual(nulls.map(() => "NULL"));
  expect(values).toEqual(cases.map(({ value, printed }) => printed ?? String(value)));
});

test("a client of TDS 7.2, which has no datetime2, gets its text", async () => {
  it.backend.scripts.set("time\n", () => [
    {
      kind: "columns",
      columns: [
        { name: "t", type: { name: "datetime2", scale: 3 } },
        { name: "n", type: { name: "int" } },
      ],
    },
    { kind: "row", values: ["2026-11-21T08:00:00.123", null] },
  ]);
  const { stdout } = await tsql({
    port: it.port,
    password: goodPassword,
    input: "time\ngo\n",
    settings: ["tds version = 7.2"],
  });
  expect(stdout).toContain("2026-11-21T08:00:00.123|NULL");
});

describe("a value that does not belong into its column is an error", () => {
  test.each<readonly [SqlType, SqlValue]>([
    [{ name: "int" }, 2147483648],
    [{ name: "int" }, "1.5"],
    [{ name: "int" }, "abc"],
    [{ name: "int" }, ""],
    [{ name: "tinyint" }, -1],
    [{ name: "bigint" }, 9223372036854775808n],
    [{ name: "float" }, "abc"],
    [{ name: "uniqueidentifier" }, "no guid"],
    [{ name: "datetime" }, "21.11.2026"],
    [{ name: "datetime2", scale: 3 }, "2026-13-01"],
    [{ name: "numeric", precision: 3, scale: 1 }, "100"],
    [{ name: "numeric", precision: 3, scale: 1 }, "1e1"],
    [{ name: "varchar", length: 2 }, "abc"],
    [{ name: "varbinary", length: 2 }, "text"],
    [{ name: "varbinary", length: 2 }, Uint8Array.of(1, 2, 3)],
    [{ name: "nvarchar", length: 20 }, Uint8Array.of(1)],
  ])("%o with %o", async (type, value) => {
    it.backend.scripts.set("bad", () => [
      { kind: "columns", columns: [{ name: "x", type }] },
      { kind: "row", values: [value] },
    ]);
    const reason = await withPool(it, {}, (pool) => failureOf(pool.request().batch("bad")));
    expect([50000, 8115, 8152]).toContain(reason.number);
  });
});

test("rows of any width with NULLs anywhere come through unchanged", async () => {
  const rows = fc.integer({ min: 1, max: 40 }).chain((width) =>
    fc.array(
      fc.array(fc.option(fc.integer({ min: -1000, max: 1000 })), {
        minLength: width,
        maxLength: width,
      }),
      { minLength: 1, maxLength: 5 },
    ),
  );
  await withPool(it, {}, (pool) =>
    fc.assert(
      fc.asyncProperty(rows, async (values) => {
        it.backend.scripts.set("any", () => [
          {
            kind: "columns",
            columns: (values[0] ?? []).map((_, index) => ({
              name: `c${String(index)}`,
              type: { name: "int" },
            })),
          },
          ...values.map((row) => ({ kind: "row", values: row }) as const),
        ]);
        const result = await pool.request().batch("any");
        expect(valuesOf(result)).toEqual(values);
      }),
      { numRuns: 50 },
    ),
  );
});
