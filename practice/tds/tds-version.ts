// What the TDS version a client announced lets the server send ([MS-TDS] 2.2.7.14 and product behaviour notes).
import type { Column, SqlType } from "../sql-types.ts";

const tds72 = 0x7209_0002;
const tds73a = 0x730a_0003;
const tds73b = 0x730b_0003;
const tds8 = 0x0800_0000;

/** Clients before TDS 7.2 (SQL Server 2000 and older) are not served. */
export const isServed = (version: number): boolean => version === tds8 || version >= tds72;

/** Rows with a NULL bitmap came with TDS 7.3 revision B. */
export const readsNullBitmap = (version: number): boolean => version === tds8 || version >= tds73b;

/** Before TDS 7.3 there were no datetime2 and datetimeoffset; a server sends their texts instead. */
export function columnsFor(version: number, columns: readonly Column[]): readonly Column[] {
  if (version === tds8 || version >= tds73a) return columns;
  return columns.map(({ name, type }) => ({ name, type: downLevel(type) }));
}

const downLevel = (type: SqlType): SqlType =>
  type.name === "datetime2" || type.name === "datetimeoffset"
    ? { name: "nvarchar", length: 34 }
    : type;
