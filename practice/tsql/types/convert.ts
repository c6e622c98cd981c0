// CAST, CONVERT and every implicit conversion: one stored value from one type to another.
import { SqlError } from "../../sql-types.ts";
import { decodeCodePage, encodeCodePage } from "../../tds/types/code-page.ts";
import { conversionFailed, overflow } from "../errors.ts";
import { decodeExact, encodeExact } from "./exact.ts";
import { formatIso, parseMoment, shiftTo, ticksPerDay } from "./moment.ts";
import type { StaticType } from "./static-type.ts";
import { isInteger, isNational, isText, isTime, storageOf, wireType } from "./static-type.ts";
import type { Stored } from "./stored.ts";
import { timeDigits } from "./stored.ts";
import { toText } from "./to-text.ts";

type Present = Exclude<Stored, null>;

const ranges: Partial<Record<StaticType["name"], readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** `value` if a column of the whole-number type can hold it; error 8115 otherwise. */
export function checkRange(value: bigint, to: StaticType, from?: string): bigint {
  const [low, high] = ranges[to.name] ?? [value, value];
  if (value < low || value > high) throw overflow(to.name, from);
  return value;
}

/** The type behind a sql_variant or a bare NULL, told by its value. */
function actualType(value: Present, from: StaticType): StaticType {
  if (storageOf(from) !== "variant") return from;
  if (typeof value === "string") return { name: "nvarchar", length: value.length };
  if (value instanceof Uint8Array) return { name: "varbinary", length: value.length };
  return typeof value === "bigint" || Number.isInteger(value)
    ? { name: "bigint" }
    : { name: "float" };
}

function toWhole(value: Present, from: StaticType, to: StaticType): bigint {
  if (value instanceof Uint8Array) return BigInt(`0x0${Buffer.from(value).toString("hex")}`);
  switch (storageOf(from)) {
    case "integer":
      return BigInt(value);
    case "exact":
      return decodeExact(String(value));
    case "real":
      return BigInt(Math.trunc(Number(value)));
    case "text": {
      const text = String(value).trim();
      if (/^[-+]?\d+$/u.test(text)) return BigInt(text.replace(/^\+/u, ""));
      if (text === "") return 0n;
      throw conversionFailed(wireType(from).name, String(value), to.name);
    }
    default:
      throw notAllowed(from, to);
  }
}

function toBit(value: Present, from: StaticType, to: StaticType): Stored {
  const word = isText(from) ? String(value).trim().toLowerCase() : "";
  if (word === "true" || word === "false") return Number(word === "true");
  return storageOf(from) === "real"
    ? Number(Number(value) !== 0)
    : Number(toWhole(value, from, to) !== 0n);
}

/** `value` as a decimal text; error 8114 where it is none. */
function decimalText(value: Present, from: StaticType, to: StaticType): string {
  if (storageOf(from) === "real") return Number(value).toFixed(20);
  if (!isText(from)) return String(toWhole(value, from, to));
  const text = String(value).trim();
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)$/u.test(text)) return text;
  throw new SqlError(8114, `Error converting data type ${wireType(from).name} to ${to.name}.`, {
    state: 5,
  });
}

function toNumeric(value: Present, from: StaticType, to: StaticType & { name: "numeric" }): Stored {
  const text = decimalText(value, from, to);
  const whole = BigInt(
    text
      .replace(/\..*$/u, "")
      .replace(/^([-+]?)$/u, "$10")
      .replace(/^\+/u, ""),
  );
  const size = whole < 0n ? -whole : whole;
  if (size >= 10n ** BigInt(to.precision - to.scale))
    throw overflow("numeric", wireType(from).name);
  if (to.scale > 0) return Number(Number(text).toFixed(to.scale));
  const roundsUp = /\.[5-9]/u.test(text);
  const step = text.startsWith("-") ? -1n : 1n;
  return encodeExact(roundsUp ? whole + step : whole);
}

function toFloat(value: Present, from: StaticType, to: StaticType): number {
  if (!isText(from))
    return storageOf(from) === "real" ? Number(value) : Number(toWhole(value, from, to));
  const number = Number(String(value).trim());
  if (!Number.isNaN(number)) return number;
  throw new SqlError(8114, `Error converting data type ${wireType(from).name} to float.`, {
    state: 5,
  });
}

const daysTo1970 = 25_567;

function toTime(value: Present, from: StaticType, to: StaticType): string {
  if (isInteger(from) || storageOf(from) === "real") {
    if (to.name !== "datetime") throw notAllowed(from, to);
    const ticks = BigInt(Math.round((Number(value) - daysTo1970) * Number(ticksPerDay)));
    return formatIso({ ticks }, 7);
  }
  if (!isText(from) && !isTime(from)) throw notAllowed(from, to);
  const moment = parseMoment(String(value));
  const tooFine = to.name === "datetime" && isText(from) && /[.]\d{4,}/u.test(String(value));
  if (moment === undefined || tooFine) {
    throw new SqlError(
      241,
      "Conversion failed when converting date and/or time from character string.",
    );
  }
  if (to.name === "datetimeoffset") return formatIso(shiftTo(moment, moment.offsetMinutes ?? 0), 7);
  const text = formatIso({ ticks: moment.ticks }, 7);
  if (to.name === "date") return `${text.slice(0, 10)}T00:00:00.0000000`;
  return text.slice(0, "2026-01-01T00:00:00.".length + timeDigits(to)).padEnd(27, "0");
}

const guidForm = /^\{?([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}?$/iu;

function toGuid(value: Present, from: StaticType, to: StaticType): string {
  if (!isText(from) && storageOf(from) !== "guid") throw notAllowed(from, to);
  const digits = guidForm.exec(String(value).trim().slice(0, 38))?.[1];
  if (digits !== undefined) return digits.toUpperCase();
  throw new SqlError(
    8169,
    "Conversion failed when converting from a character string to uniqueidentifier.",
    {
      state: 2,
    },
  );
}

function toBytes(value: Present, from: StaticType, style: number): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (!isText(from)) {
    const width = { bit: 1, tinyint: 1, smallint: 2, bigint: 8 }[from.name as string] ?? 4;
    const hex = BigInt.asUintN(width * 8, toWhole(value, from, from)).toString(16);
    return Uint8Array.from(Buffer.from(hex.padStart(width * 2, "0"), "hex"));
  }
  const text = String(value);
  if (style === 0)
    return Uint8Array.from(isNational(from) ? Buffer.from(text, "utf16le") : encodeCodePage(text));
  const hex =
    style === 1
      ? /^0x((?:[\da-f]{2})*)$/iu.exec(text)?.[1]
      : /^((?:[\da-f]{2})*)$/iu.exec(text)?.[1];
  if (hex !== undefined) return Uint8Array.from(Buffer.from(hex, "hex"));
  throw new SqlError(8114, `Error converting data type ${from.name} to varbinary.`, { state: 5 });
}

/** Text is cut to its length; a number that does not fit is an error (8115), or `*` for int ("Truncation of results"). */
function fit(text: string, from: StaticType, to: StaticType & { length: number | "max" }): string {
  const narrow = isNational(to) ? text : decodeCodePage(encodeCodePage(text));
  if (to.length === "max" || narrow.length <= to.length) {
    return to.name === "char" || to.name === "nchar" ? narrow.padEnd(to.length) : narrow;
  }
  if (isInteger(from) && !isNational(to)) return "*";
  if (isInteger(from) || from.name === "numeric") throw overflow(to.name, from.name);
  return narrow.slice(0, to.length);
}

function notAllowed(from: StaticType, to: StaticType): SqlError {
  return new SqlError(
    529,
    `Explicit conversion from data type ${wireType(from).name} to ${to.name} is not allowed.`,
    { state: 2 },
  );
}

/**
 * `value` of type `from` as type `to`; NULL stays NULL. `style` as in CONVERT. Errors: 241, 245, 281, 529, 8114, 8115,
 * 8169 as the server gives them.
 */
export function convert(value: Stored, from: StaticType, to: StaticType, style?: number): Stored {
  if (value === null) return null;
  const actual = actualType(value, from);
  switch (to.name) {
    case "variant":
    case "null":
      return value;
    case "bit":
      return toBit(value, actual, to);
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return checkRange(toWhole(value, actual, to), to, wireType(actual).name);
    case "float":
      return toFloat(value, actual, to);
    case "numeric":
      return toNumeric(value, actual, to);
    case "datetime":
    case "datetime2":
    case "date":
    case "datetimeoffset":
      return toTime(value, actual, to);
    case "uniqueidentifier":
      return toGuid(value, actual, to);
    case "varbinary":
      return toBytes(value, actual, style ?? 0).slice(
        0,
        to.length === "max" ? undefined : to.length,
      );
    case "varchar":
    case "nvarchar":
    case "char":
    case "nchar":
      return fit(toText(value, actual, to, style), actual, to);
  }
}
