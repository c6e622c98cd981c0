// Values between the world (SqlValue) and SQLite, by their SQL Server type.
import type { SqlValue } from "../../sql-types.ts";
import { decodeExact, encodeExact } from "./exact.ts";
import { formatIso, parseMoment } from "./moment.ts";
import type { StaticType } from "./static-type.ts";
import { storageOf } from "./static-type.ts";

/** What SQLite holds for one value; see Storage. Whole numbers beyond 2^53 come back from it as bigint. */
export type Stored = null | number | bigint | string | Uint8Array;

const storedTimeDigits = 7;

/** `value` as SQLite keeps it. Throws TypeError when a host hands over a value its own definition does not allow. */
export function encode(value: SqlValue, type: StaticType): Stored {
  if (value === null || value instanceof Uint8Array) return value;
  switch (storageOf(type)) {
    case "integer":
      return typeof value === "boolean" ? Number(value) : BigInt(value);
    case "real":
      return Number(value);
    case "exact":
      return encodeExact(BigInt(value));
    case "time":
    case "offset": {
      const moment = parseMoment(String(value));
      if (moment === undefined) throw new TypeError(`"${String(value)}" is not a time`);
      return formatIso(moment, storedTimeDigits);
    }
    case "guid":
      return String(value).toUpperCase();
    case "text":
    case "bytes":
      return String(value);
    case "variant":
      return typeof value === "boolean" ? Number(value) : value;
  }
}

/** The digits behind the second that a type shows. */
export function timeDigits(type: StaticType): number {
  if (type.name === "datetime") return 3;
  return type.name === "datetime2" || type.name === "datetimeoffset" ? type.scale : 0;
}

function decodeNumber(value: number | bigint, type: StaticType): SqlValue {
  if (type.name === "bit") return Number(value) !== 0;
  if (type.name === "bigint") return BigInt(value);
  return Number(value);
}

function decodeTime(text: string, type: StaticType): string {
  const moment = parseMoment(text);
  if (moment === undefined) return text;
  return type.name === "date" ? text.slice(0, 10) : formatIso(moment, timeDigits(type));
}

/** What SQLite answered as the world's value of this type. */
export function decode(value: Stored, type: StaticType): SqlValue {
  if (value === null || value instanceof Uint8Array) return value;
  switch (storageOf(type)) {
    case "integer":
      return typeof value === "string" ? value : decodeNumber(value, type);
    case "real":
      return type.name === "numeric" ? Number(value).toFixed(type.scale) : Number(value);
    case "exact":
      return String(decodeExact(String(value)));
    case "time":
    case "offset":
      return decodeTime(String(value), type);
    case "guid":
    case "text":
    case "bytes":
      return String(value);
    case "variant":
      return typeof value === "bigint" ? Number(value) : value;
  }
}
