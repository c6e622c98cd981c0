// How a column's type is announced: TYPE_INFO ([MS-TDS] 2.2.5.6).
import type { SqlType } from "../../sql-types.ts";
import { join, u16, u8 } from "../wire-writer.ts";
import { collation } from "./code-page.ts";
import { decimalBytes } from "./decimal.ts";

/** Type tokens, by the nullable form of each type. */
export const typeToken = {
  guid: 0x24,
  int: 0x26,
  date: 0x28,
  time: 0x29,
  datetime2: 0x2a,
  datetimeoffset: 0x2b,
  bit: 0x68,
  numeric: 0x6c,
  float: 0x6d,
  datetime: 0x6f,
  varbinary: 0xa5,
  varchar: 0xa7,
  nvarchar: 0xe7,
} as const;

/** The length that announces a (max) type, whose values travel in chunks. */
export const maxMarker = 0xffff;

export const intBytes = { tinyint: 1, smallint: 2, int: 4, bigint: 8 } as const;

type VariableType = Extract<SqlType, { readonly length: number | "max" }>;

/** Longest value in bytes; "max" where it is unlimited, which is anything longer than a row of 8000 bytes. */
export function limitBytes(type: VariableType): number | "max" {
  if (type.length === "max") return "max";
  const bytes = Math.max(1, type.length) * (type.name === "nvarchar" ? 2 : 1);
  return bytes > 8000 ? "max" : bytes;
}

function lengthInfo(type: VariableType): Buffer {
  const limit = limitBytes(type);
  return u16(limit === "max" ? maxMarker : limit);
}

export function writeTypeInfo(type: SqlType): Buffer {
  switch (type.name) {
    case "bit":
      return join(u8(typeToken.bit), u8(1));
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return join(u8(typeToken.int), u8(intBytes[type.name]));
    case "float":
      return join(u8(typeToken.float), u8(8));
    case "uniqueidentifier":
      return join(u8(typeToken.guid), u8(16));
    case "datetime":
      return join(u8(typeToken.datetime), u8(8));
    case "datetime2":
    case "datetimeoffset":
      return join(u8(typeToken[type.name]), u8(type.scale));
    case "numeric":
      return join(
        u8(typeToken.numeric),
        u8(decimalBytes(type.precision)),
        u8(type.precision),
        u8(type.scale),
      );
    case "varchar":
    case "nvarchar":
      return join(u8(typeToken[type.name]), lengthInfo(type), collation);
    case "varbinary":
      return join(u8(typeToken.varbinary), lengthInfo(type));
  }
}
