// Built-in functions that choose between values or tell their size.
import type { Binder } from "../bind/binder.ts";
import { call } from "../bind/binder.ts";
import type { Bound } from "../bind/bound.ts";
import { bound } from "../bind/bound.ts";
import { explicitly, implicitly, sortKey } from "../bind/conversion.ts";
import { SqlError } from "../../sql-types.ts";
import { convert } from "../types/convert.ts";
import type { StaticType } from "../types/static-type.ts";
import { int, isNational, isText, promote, storageOf } from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";
import type { BuiltIn } from "./define.ts";

/** The one type all of `args` are converted to. */
function commonType(args: readonly Bound[]): StaticType {
  return args
    .map((arg) => arg.type)
    .reduce((left, right) => promote(left, right), { name: "null" });
}

function need(args: readonly Bound[], name: string, least: number, most = least): void {
  if (args.length >= least && args.length <= most) return;
  throw new SqlError(174, `The ${name.toLowerCase()} function requires ${least} argument(s).`, {
    severity: 15,
  });
}

/** ISNULL has the type and length of its first argument, unlike COALESCE. */
const isNull: BuiltIn = (args, binder, name) => {
  need(args, name, 2);
  const [first, second] = args;
  if (first === undefined || second === undefined) return bound("NULL", int);
  if (first.type.name === "null") return second;
  const other = explicitly(binder, second, first.type);
  return bound(`ifnull(${first.sql}, ${other.sql})`, first.type, [first, other]);
};

const coalesce: BuiltIn = (args, binder, name) => {
  need(args, name, 2, Number.MAX_SAFE_INTEGER);
  const type = commonType(args);
  const same = args.map((arg) => implicitly(binder, arg, type));
  return bound(`coalesce(${same.map((arg) => arg.sql).join(", ")})`, type, same);
};

const nullIf: BuiltIn = (args, binder, name) => {
  need(args, name, 2);
  const type = commonType(args);
  const [left = "NULL", right = "NULL"] = args.map(
    (arg) => sortKey(binder, implicitly(binder, arg, type)).sql,
  );
  const first = args[0]?.sql ?? "NULL";
  return bound(
    `(CASE WHEN ${left} = ${right} THEN NULL ELSE ${first} END)`,
    args[0]?.type ?? type,
    args,
  );
};

const sizes: Partial<Record<StaticType["name"], number>> = {
  bit: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
  float: 8,
  datetime: 8,
  datetime2: 8,
  date: 3,
  datetimeoffset: 10,
  uniqueidentifier: 16,
};

/** Bytes ("DATALENGTH (Transact-SQL)"); numerics by their precision. */
function dataLength(value: Stored, type: StaticType): number | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return value.length;
  if (isText(type) || storageOf(type) === "variant") {
    return String(value).length * (isNational(type) || !isText(type) ? 2 : 1);
  }
  if (type.name !== "numeric") return sizes[type.name] ?? 4;
  return type.precision <= 9 ? 5 : type.precision <= 19 ? 9 : type.precision <= 28 ? 13 : 17;
}

const dataLengthOf: BuiltIn = (args, binder, name) => {
  need(args, name, 1);
  const [arg = bound("NULL", int)] = args;
  return call(binder, `datalength_${arg.type.name}_${storageOf(arg.type)}`, [arg], {
    type: int,
    run: ([value = null]) => dataLength(value, arg.type),
  });
};

/** 1 for text that converts to a number. */
const isNumeric: BuiltIn = (args, binder: Binder, name) => {
  need(args, name, 1);
  const [arg = bound("NULL", int)] = args;
  return call(binder, `isnumeric_${arg.type.name}`, [arg], {
    type: int,
    run: ([value = null]) => {
      if (value === null || String(value).trim() === "") return 0;
      try {
        return convert(value, arg.type, { name: "float" }) === null ? 0 : 1;
      } catch {
        return 0;
      }
    },
  });
};

export const logicFunctions: Readonly<Record<string, BuiltIn>> = {
  COALESCE: coalesce,
  DATALENGTH: dataLengthOf,
  ISNULL: isNull,
  ISNUMERIC: isNumeric,
  NULLIF: nullIf,
};
