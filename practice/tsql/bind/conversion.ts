// Conversions inside a bound expression, written out only where the stored form changes.
import { formatIso, parseMoment, shiftTo } from "../types/moment.ts";
import type { StaticType } from "../types/static-type.ts";
import { storageOf, typeName } from "../types/static-type.ts";
import { convert } from "../types/convert.ts";
import { SqlError } from "../../sql-types.ts";
import type { Binder } from "./binder.ts";
import { call } from "./binder.ts";
import type { Bound } from "./bound.ts";

/** The length of a text does not change how it converts; without it far fewer functions are made. */
const withoutLength = (type: StaticType): StaticType =>
  type.name === "varchar" || type.name === "nvarchar" ? { name: type.name, length: "max" } : type;

/** CAST, CONVERT and their TRY_ forms; also what assignment to a variable does. */
export function explicitly(
  binder: Binder,
  operand: Bound,
  to: StaticType,
  more: { readonly style?: Bound; readonly onFailure?: "error" | "null" } = {},
): Bound {
  const { style, onFailure = "error" } = more;
  const from = withoutLength(operand.type);
  const name = `convert ${typeName(from)} ${typeName(to)} ${onFailure}`.replaceAll(/\W+/gu, "_");
  return call(binder, name, style === undefined ? [operand] : [operand, style], {
    type: to,
    run: ([value = null, number]) => {
      try {
        const styleNumber = number === undefined || number === null ? undefined : Number(number);
        return convert(value, from, to, styleNumber);
      } catch (error) {
        if (onFailure === "null" && error instanceof SqlError) return null;
        throw error;
      }
    },
  });
}

/** `operand` as it must lie in SQLite to stand beside a value of type `to`; lengths are left alone. */
export function implicitly(binder: Binder, operand: Bound, to: StaticType): Bound {
  const [from, target] = [storageOf(operand.type), storageOf(to)];
  if (from === target || operand.sql === "NULL" || target === "variant")
    return { ...operand, type: to };
  return explicitly(binder, operand, to);
}

/** The key under which equal values of the type are equal, and sort, in SQLite. */
export function sortKey(binder: Binder, operand: Bound): Bound {
  const storage = storageOf(operand.type);
  if (storage === "text" || storage === "variant") {
    return {
      ...operand,
      sql: `${operand.sql} COLLATE ${operand.caseSensitive ? "BINARY" : "NOCASE"}`,
    };
  }
  return storage === "offset" ? instant(binder, operand) : operand;
}

/** Times with an offset are equal when they are the same instant. */
function instant(binder: Binder, operand: Bound): Bound {
  return call(binder, "instant", [operand], {
    type: { name: "datetime2", scale: 7 },
    run: ([value = null]) => {
      const moment = value === null ? undefined : parseMoment(String(value));
      return moment === undefined ? null : formatIso({ ticks: shiftTo(moment, 0).ticks }, 7);
    },
  });
}
