// The type of an expression as known before it runs, and the rules by which two types meet.
import type { SqlType } from "../../sql-types.ts";

/**
 * Beside the types of the wire: `date` and fixed-length text (sent as text), `variant` (SERVERPROPERTY: the value
 * tells) and `null` (a bare NULL).
 */
export type StaticType =
  | SqlType
  | { readonly name: "char" | "nchar"; readonly length: number }
  | { readonly name: "date" | "variant" | "null" };

/**
 * How a value of a type lies in SQLite. `exact`: whole numerics as text that sorts like the number (LSNs have 25
 * digits, SQLite's own numbers 15). `time`: ISO text with seven fractional digits, `offset` the same with its offset.
 */
export type Storage =
  "integer" | "real" | "exact" | "text" | "time" | "offset" | "guid" | "bytes" | "variant";

const storages: Readonly<Record<StaticType["name"], Storage>> = {
  bit: "integer",
  tinyint: "integer",
  smallint: "integer",
  int: "integer",
  bigint: "integer",
  float: "real",
  numeric: "real",
  uniqueidentifier: "guid",
  datetime: "time",
  datetime2: "time",
  date: "time",
  datetimeoffset: "offset",
  varchar: "text",
  nvarchar: "text",
  char: "text",
  nchar: "text",
  varbinary: "bytes",
  variant: "variant",
  null: "variant",
};

export function storageOf(type: StaticType): Storage {
  return type.name === "numeric" && type.scale === 0 ? "exact" : storages[type.name];
}

export const int: StaticType = { name: "int" };
export const bigint: StaticType = { name: "bigint" };
export const float: StaticType = { name: "float" };
export const bit: StaticType = { name: "bit" };
export const variant: StaticType = { name: "variant" };
export const nullType: StaticType = { name: "null" };
export const datetime: StaticType = { name: "datetime" };
export const datetime2: StaticType = { name: "datetime2", scale: 7 };
export const datetimeoffset: StaticType = { name: "datetimeoffset", scale: 7 };
export const nvarchar = (length: number | "max"): StaticType => ({ name: "nvarchar", length });
export const varchar = (length: number | "max"): StaticType => ({ name: "varchar", length });
export const sysname = nvarchar(128);

export const isText = (type: StaticType): type is StaticType & { length: number | "max" } =>
  storageOf(type) === "text";
export const isNational = (type: StaticType): boolean =>
  type.name === "nvarchar" || type.name === "nchar";
export const isInteger = (type: StaticType): boolean => storageOf(type) === "integer";
export const isNumber = (type: StaticType): boolean =>
  ["integer", "real", "exact"].includes(storageOf(type));
export const isTime = (type: StaticType): boolean => ["time", "offset"].includes(storageOf(type));

/** As the type is written in T-SQL and in error messages. */
export function typeName(type: StaticType): string {
  switch (type.name) {
    case "numeric":
      return `numeric(${type.precision},${type.scale})`;
    case "varchar":
    case "nvarchar":
    case "varbinary":
    case "char":
    case "nchar":
      return `${type.name}(${type.length})`;
    case "datetime2":
    case "datetimeoffset":
      return `${type.name}(${type.scale})`;
    default:
      return type.name;
  }
}

/** How a type without values of its own, or unknown to old clients, goes over the wire. */
export function wireType(type: StaticType): SqlType {
  switch (type.name) {
    case "null":
      return { name: "int" };
    case "char":
      return { name: "varchar", length: type.length };
    case "nchar":
      return { name: "nvarchar", length: type.length };
    case "date":
      return { name: "nvarchar", length: 10 };
    case "variant":
      return { name: "nvarchar", length: 4000 };
    default:
      return type;
  }
}

/** Lowest first ("Data type precedence (Transact-SQL)"). */
const precedence: readonly StaticType["name"][] = [
  "null",
  "varbinary",
  "char",
  "varchar",
  "nchar",
  "nvarchar",
  "uniqueidentifier",
  "bit",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "numeric",
  "float",
  "date",
  "datetime",
  "datetime2",
  "datetimeoffset",
  "variant",
];

/** The longer of two lengths. */
export function longer(left: number | "max", right: number | "max"): number | "max" {
  return left === "max" || right === "max" ? "max" : Math.max(left, right);
}

/** The length of two texts in a row, or "max" where either is. Ends at 8000 bytes as on the server. */
export function addLengths(left: StaticType, right: StaticType): StaticType {
  const national = isNational(left) || isNational(right);
  const lengths = [left, right].map((type) => (isText(type) ? type.length : 1));
  const limit = national ? 4000 : 8000;
  const length = lengths.reduce<number | "max">(
    (sum, one) => (sum === "max" || one === "max" ? "max" : Math.min(limit, sum + one)),
    0,
  );
  return national ? nvarchar(length) : varchar(length);
}

/** Digits of a whole-number type when it meets a numeric. */
const digits: Partial<Record<StaticType["name"], number>> = {
  bit: 1,
  tinyint: 3,
  smallint: 5,
  int: 10,
  bigint: 19,
};

function asNumeric(type: StaticType): { precision: number; scale: number } {
  return type.name === "numeric" ? type : { precision: digits[type.name] ?? 38, scale: 0 };
}

/** The type both are converted to when they meet in a comparison, CASE, COALESCE or UNION. */
export function promote(left: StaticType, right: StaticType): StaticType {
  const [low, high] =
    precedence.indexOf(left.name) <= precedence.indexOf(right.name) ? [left, right] : [right, left];
  if (isText(high) && isText(low)) {
    const length = longer(high.length, low.length);
    return isNational(high) || isNational(low) ? nvarchar(length) : varchar(length);
  }
  if (high.name === "varbinary" && low.name === "varbinary") {
    return { name: "varbinary", length: longer(high.length, low.length) };
  }
  if (high.name === "numeric" && isNumber(low)) {
    const [a, b] = [asNumeric(high), asNumeric(low)];
    const scale = Math.max(a.scale, b.scale);
    const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
    return { name: "numeric", precision: Math.min(38, whole + scale), scale };
  }
  return high;
}
