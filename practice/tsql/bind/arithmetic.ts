// + - * / % & | ^ by the types of both sides.
import { SqlError } from "../../sql-types.ts";
import type { ArithmeticOperator } from "../parse/ast.ts";
import { checkRange } from "../types/convert.ts";
import { decodeExact, encodeExact } from "../types/exact.ts";
import { formatIso, parseMoment, ticksPerDay } from "../types/moment.ts";
import type { StaticType } from "../types/static-type.ts";
import {
  addLengths,
  isNumber,
  isText,
  promote,
  storageOf,
  wireType,
} from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";
import type { Binder } from "./binder.ts";
import { call } from "./binder.ts";
import type { Bound } from "./bound.ts";
import { bound } from "./bound.ts";
import { implicitly } from "./conversion.ts";

type Present = Exclude<Stored, null>;

const divideByZero = (): SqlError => new SqlError(8134, "Divide by zero error encountered.");

/** 402: the operator does not take these types. */
function incompatible(operator: string, left: StaticType, right: StaticType): SqlError {
  const names = [left, right].map((type) => wireType(type).name);
  return new SqlError(
    402,
    `The data types ${names.join(" and ")} are incompatible in the ${operator} operator.`,
  );
}

const wholeOperations: Readonly<Record<ArithmeticOperator, (a: bigint, b: bigint) => bigint>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
};

function calculateReal(operator: ArithmeticOperator, a: number, b: number): number {
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") return a * b;
  return operator === "/" ? a / b : a % b;
}

/** The result type of numerics, cut where SQL Server would reduce precision ("Precision, scale, and length"). */
function resultType(operator: ArithmeticOperator, left: StaticType, right: StaticType): StaticType {
  const type = promote(left, right);
  if (type.name !== "numeric") return type;
  if (operator === "/") return { name: "numeric", precision: 38, scale: Math.max(6, type.scale) };
  const scale = operator === "*" ? Math.min(38, type.scale * 2) : type.scale;
  return { name: "numeric", precision: 38, scale };
}

/** `left operator right`. Errors at run time: 8134 division by zero, 8115 out of range; at once: 402. */
export function bindArithmetic(
  binder: Binder,
  operator: ArithmeticOperator,
  left: Bound,
  right: Bound,
): Bound {
  if (operator === "+" && (isText(left.type) || isText(right.type))) {
    const areTexts = [left, right].every(({ type }) => isText(type) || type.name === "null");
    if (areTexts) return concatenate(left, right);
  }
  if (storageOf(left.type) === "time" && (operator === "+" || operator === "-")) {
    return addDays(binder, operator, left, right);
  }
  const type = resultType(operator, left.type, right.type);
  if (!isNumber(type) && type.name !== "variant" && type.name !== "null") {
    throw incompatible(nameOf(operator), left.type, right.type);
  }
  const operands =
    operator === "/" && type.name === "numeric"
      ? [left, right].map((side) => implicitly(binder, side, { name: "float" }))
      : [left, right].map((side) => implicitly(binder, side, type));
  const name = `${nameOf(operator)}_${wireType(type).name}_${storageOf(type)}`;
  return call(binder, name, operands, {
    type,
    run: ([a = null, b = null]) =>
      a === null || b === null ? null : calculate(operator, type, a, b),
  });
}

const words: Readonly<Record<ArithmeticOperator, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
  "&": "bit_and",
  "|": "bit_or",
  "^": "bit_xor",
};
const nameOf = (operator: ArithmeticOperator): string => words[operator];

function calculate(operator: ArithmeticOperator, type: StaticType, a: Present, b: Present): Stored {
  const divides = operator === "/" || operator === "%";
  const storage = storageOf(type);
  if (storage === "integer") {
    if (divides && Number(b) === 0) throw divideByZero();
    return checkRange(wholeOperations[operator](BigInt(Number(a)), BigInt(Number(b))), type);
  }
  if (storage === "exact") {
    const [x, y] = [decodeExact(String(a)), decodeExact(String(b))];
    if (divides && y === 0n) throw divideByZero();
    return encodeExact(wholeOperations[operator](x, y));
  }
  if (divides && Number(b) === 0) throw divideByZero();
  return calculateReal(operator, Number(a), Number(b));
}

/** Text behind text; what exceeds 8000 bytes is cut unless one side is (max). */
function concatenate(left: Bound, right: Bound): Bound {
  const type = addLengths(left.type, right.type);
  const joined = `(${left.sql} || ${right.sql})`;
  const isLong = isText(type) && type.length !== "max" && type.length >= 4000;
  return bound(isLong ? `substr(${joined}, 1, ${type.length})` : joined, type, [left, right]);
}

/** datetime + n counts days; newer types refuse it as on the server (206). */
function addDays(binder: Binder, operator: "+" | "-", left: Bound, right: Bound): Bound {
  if (left.type.name !== "datetime" || !isNumber(right.type)) {
    throw incompatible(nameOf(operator), left.type, right.type);
  }
  const sign = operator === "+" ? 1 : -1;
  const days = implicitly(binder, right, { name: "float" });
  return call(binder, `${nameOf(operator)}_days`, [left, days], {
    type: left.type,
    run: ([time = null, count = null]) => {
      const moment = time === null || count === null ? undefined : parseMoment(String(time));
      if (moment === undefined) return null;
      const ticks = moment.ticks + BigInt(Math.round(Number(count) * sign * Number(ticksPerDay)));
      return formatIso({ ticks }, 7);
    },
  });
}
