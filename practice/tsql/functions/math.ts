// Built-in functions on numbers.
import type { Bound } from "../bind/bound.ts";
import type { Binder } from "../bind/binder.ts";
import { implicitly } from "../bind/conversion.ts";
import { decodeExact, encodeExact } from "../types/exact.ts";
import type { StaticType } from "../types/static-type.ts";
import { float, int, isNumber, storageOf } from "../types/static-type.ts";
import type { BuiltIn, Present } from "./define.ts";
import { scalar } from "./define.ts";

/** Numbers keep their type; anything else becomes float. */
function numeric(
  name: string,
  takes: readonly StaticType[],
  run: (type: StaticType, args: readonly Present[]) => Present,
): BuiltIn {
  return (args: readonly Bound[], binder: Binder) => {
    const [first, ...rest] = args;
    const operand =
      first === undefined || isNumber(first.type) ? first : implicitly(binder, first, float);
    const type = operand?.type ?? float;
    const definition = scalar({
      takes: ["any", ...takes],
      gives: type,
      run: (values) => run(type, values),
    });
    return definition(operand === undefined ? [] : [operand, ...rest], binder, name);
  };
}

const whole = (value: Present | undefined): bigint => decodeExact(String(value));
const isExact = (type: StaticType): boolean => storageOf(type) === "exact";

/** Whole numbers are their own ceiling and floor. */
const rounding = (name: string, run: (value: number) => number): BuiltIn =>
  numeric(name, [], (type, [value = 0]) =>
    storageOf(type) === "real" ? run(Number(value)) : value,
  );

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor;
}

export const mathFunctions: Readonly<Record<string, BuiltIn>> = {
  ABS: numeric("ABS", [], (type, [value = 0]) => {
    if (!isExact(type)) return Math.abs(Number(value));
    const number = whole(value);
    return encodeExact(number < 0n ? -number : number);
  }),
  CEILING: rounding("CEILING", Math.ceil),
  FLOOR: rounding("FLOOR", Math.floor),
  ROUND: numeric("ROUND", [int], (type, [value = 0, digits]) =>
    isExact(type) && Number(digits) >= 0 ? value : round(Number(value), Number(digits)),
  ),
  SIGN: numeric("SIGN", [], (type, [value = 0]) => {
    if (!isExact(type)) return Math.sign(Number(value));
    const number = whole(value);
    return encodeExact(number === 0n ? 0n : number < 0n ? -1n : 1n);
  }),
};
