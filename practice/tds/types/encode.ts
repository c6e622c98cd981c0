// Writes one value of a row in the form its column's type asks for ([MS-TDS] 2.2.5.5).
import { SqlError } from "../../sql-types.ts";
import type { SqlType, SqlValue } from "../../sql-types.ts";
import { bVarByte, f64, i32, i64, join, signed, u16, u32, u8, unsigned } from "../wire-writer.ts";
import { encodeCodePage } from "./code-page.ts";
import { decimalBytes, parseDecimal } from "./decimal.ts";
import { parseGuid } from "./guid.ts";
import {
  daysTo1900,
  divideRounded,
  offsetTicks,
  parseTime,
  ticksPerDay,
  timeBytes,
} from "./time.ts";
import { intBytes, limitBytes } from "./type-info.ts";

type Present = Exclude<SqlValue, null>;

/**
 * The value with its length in front. Throws TypeError or RangeError when a value does not belong into its column, and
 * error 8152 when it is too long: a row is never changed silently.
 */
export function encodeValue(type: SqlType, value: SqlValue): Buffer {
  if (value === null) return encodeNull(type);
  switch (type.name) {
    case "bit":
      return bVarByte(u8(toWhole(value) === 0n ? 0 : 1));
    case "tinyint":
      return bVarByte(u8(Number(toWhole(value))));
    case "smallint":
    case "int":
      return bVarByte(signed(Number(toWhole(value)), intBytes[type.name]));
    case "bigint":
      return bVarByte(i64(toWhole(value)));
    case "float":
      return bVarByte(f64(toFloat(value)));
    case "uniqueidentifier":
      return bVarByte(parseGuid(toText(value)));
    case "numeric":
      return bVarByte(encodeDecimal(type, value));
    case "datetime":
      return bVarByte(encodeDatetime(toText(value)));
    case "datetime2":
    case "datetimeoffset":
      return bVarByte(encodeDatetime2(type, toText(value)));
    case "varchar":
      return encodeVariable(type, encodeCodePage(toText(value)));
    case "nvarchar":
      return encodeVariable(type, Buffer.from(toText(value), "utf16le"));
    case "varbinary":
      if (!(value instanceof Uint8Array)) throw new TypeError("a varbinary column holds bytes");
      return encodeVariable(type, value);
  }
}

function encodeNull(type: SqlType): Buffer {
  if (!("length" in type)) return u8(0);
  return limitBytes(type) === "max" ? Buffer.alloc(8, 0xff) : u16(0xffff);
}

function encodeVariable(
  type: Extract<SqlType, { readonly length: number | "max" }>,
  bytes: Uint8Array,
): Buffer {
  const limit = limitBytes(type);
  if (limit === "max") {
    const chunk = bytes.length === 0 ? Buffer.alloc(0) : join(u32(bytes.length), bytes);
    return join(i64(BigInt(bytes.length)), chunk, u32(0));
  }
  if (bytes.length > limit) {
    throw new SqlError(8152, "String or binary data would be truncated.", { state: 10 });
  }
  return join(u16(bytes.length), bytes);
}

function encodeDecimal(type: Extract<SqlType, { name: "numeric" }>, value: Present): Buffer {
  const text = typeof value === "number" ? plainDigits(value, type.scale) : toText(value);
  const scaled = parseDecimal(text, type.precision, type.scale);
  const bytes = Buffer.alloc(decimalBytes(type.precision));
  bytes[0] = scaled < 0n ? 0 : 1;
  let rest = scaled < 0n ? -scaled : scaled;
  for (let index = 1; rest > 0n; index += 1) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** Never in exponent form, in which JavaScript writes large numbers. */
const plainDigits = (value: number, scale: number): string =>
  Number.isInteger(value) ? String(BigInt(value)) : value.toFixed(scale);

function encodeDatetime(text: string): Buffer {
  const perDay = 300n * 86_400n;
  const thirds = divideRounded(parseTime(text).ticks * 3n, 100_000n);
  return join(i32(Number(thirds / perDay - daysTo1900)), u32(Number(thirds % perDay)));
}

function encodeDatetime2(
  type: Extract<SqlType, { readonly name: "datetime2" | "datetimeoffset" }>,
  text: string,
): Buffer {
  const time = parseTime(text);
  const hasOffset = type.name === "datetimeoffset";
  const ticks = hasOffset ? time.ticks - offsetTicks(time.offsetMinutes) : time.ticks;
  const unit = 10n ** BigInt(7 - type.scale);
  const units = divideRounded(ticks, unit);
  const perDay = ticksPerDay / unit;
  return join(
    unsigned(Number(units % perDay), timeBytes(type.scale)),
    unsigned(Number(units / perDay), 3),
    hasOffset ? signed(time.offsetMinutes, 2) : Buffer.alloc(0),
  );
}

function toWhole(value: Present): bigint {
  if (value instanceof Uint8Array || value === "") throw new TypeError("not a whole number");
  return BigInt(value);
}

function toFloat(value: Present): number {
  const number = value instanceof Uint8Array || value === "" ? NaN : Number(value);
  if (!Number.isFinite(number)) throw new TypeError("not a float");
  return number;
}

function toText(value: Present): string {
  if (value instanceof Uint8Array) throw new TypeError("bytes in a column of another type");
  return typeof value === "boolean" ? String(Number(value)) : String(value);
}
