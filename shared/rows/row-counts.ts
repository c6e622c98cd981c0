// How many rows each side's catalog counts in the tables of one database, side by side, and what that says.
import type { Side } from "../estate/estate.ts";

export interface TableRows {
  readonly schemaName: string;
  readonly tableName: string;
  /** Null where the catalog does not tell. */
  readonly rowTotal: number | null;
}

export type SideRows =
  | { readonly kind: "unreadable"; readonly because: string }
  | {
      readonly kind: "seen";
      readonly serverName: string;
      /** SYSDATETIMEOFFSET() of that server when it counted. */
      readonly serverTime: string;
      readonly tables: readonly TableRows[];
    };

export interface RowCounts {
  readonly database: string;
  readonly sides: Readonly<Record<Side, SideRows>>;
}

/** One table on both sides; null: that side has no such table, or does not tell. */
export interface ComparedTable {
  readonly table: string;
  readonly box: number | null;
  readonly instance: number | null;
}

/** Every table of either side, in the order of their names; a side that was not read has no number anywhere. */
export function comparedTables({ sides }: RowCounts): readonly ComparedTable[] {
  const rows = { box: rowsOf(sides.box), instance: rowsOf(sides.instance) };
  const tables = [...new Set([...rows.box.keys(), ...rows.instance.keys()])].sort();
  return tables.map((table) => ({
    table,
    box: rows.box.get(table) ?? null,
    instance: rows.instance.get(table) ?? null,
  }));
}

function rowsOf(side: SideRows): ReadonlyMap<string, number | null> {
  const tables = side.kind === "seen" ? side.tables : [];
  return new Map(tables.map((one) => [`${one.schemaName}.${one.tableName}`, one.rowTotal]));
}

export interface RowVerdict {
  readonly kind: "same" | "different" | "unknown";
  readonly sentence: string;
}

/** Equal numbers say that the catalogs agree; only counting the tables themselves proves more. */
export function rowVerdict(counts: RowCounts): RowVerdict {
  const { database, sides } = counts;
  const unread = [sides.box, sides.instance].flatMap((side) =>
    side.kind === "unreadable" ? [side.because] : [],
  );
  if (unread.length > 0) {
    return {
      kind: "unknown",
      sentence: `The rows of ${database} cannot be compared: ${unread.join(" ")}`,
    };
  }
  const tables = comparedTables(counts);
  const different = tables.filter(({ box, instance }) => box !== instance || box === null);
  if (different.length === 0) {
    return {
      kind: "same",
      sentence: `Both catalogs count the same rows in ${tableCount(tables.length)} of ${database}.`,
    };
  }
  const names = different.map(({ table }) => table).join(", ");
  return { kind: "different", sentence: `The catalogs of ${database} differ in ${names}.` };
}

/** What the numbers are, beside when each side counted. */
export function rowNotes({ sides }: RowCounts): readonly string[] {
  const times = [sides.box, sides.instance].flatMap((side) =>
    side.kind === "seen" ? [`${side.serverName} counted at ${side.serverTime}.`] : [],
  );
  return [
    ...times,
    "The numbers are the catalog's own (sys.partitions): exact only while nobody writes, and no proof that the rows are equal.",
  ];
}

/** For a terminal. */
export function rowLines(counts: RowCounts): readonly string[] {
  const shown = (rows: number | null) => (rows === null ? "-" : String(rows));
  const table = comparedTables(counts).map(({ table: name, box, instance }) => [
    name,
    shown(box),
    shown(instance),
  ]);
  const lines = [["Table", "SQL Server", "Managed instance"], ...table];
  const width = (column: number) => Math.max(...lines.map((line) => line[column]?.length ?? 0));
  return [
    rowVerdict(counts).sentence,
    ...lines.map(
      ([name = "", box = "", instance = ""]) =>
        `  ${name.padEnd(width(0))}  ${box.padStart(width(1))}  ${instance.padStart(width(2))}`,
    ),
    ...rowNotes(counts),
  ];
}

function tableCount(count: number): string {
  return count === 1 ? "1 table" : `${String(count)} tables`;
}
