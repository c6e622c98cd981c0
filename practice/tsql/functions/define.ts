// How a built-in function is described: what it takes, what it gives, how it is computed.
import { SqlError } from "../../sql-types.ts";
import type { Binder, Runtime } from "../bind/binder.ts";
import { call } from "../bind/binder.ts";
import type { Bound } from "../bind/bound.ts";
import { implicitly } from "../bind/conversion.ts";
import type { StaticType } from "../types/static-type.ts";
import { isText, typeName } from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";

export type Present = Exclude<Stored, null>;

/** A function of T-SQL. Arguments come bound, in the order written. */
export type BuiltIn = (args: readonly Bound[], binder: Binder, name: string) => Bound;

/** `text`: text stays as it is, anything else becomes nvarchar. `any`: as it comes. */
export type Parameter = StaticType | "text" | "any";

export interface Scalar {
  readonly takes: readonly Parameter[];
  /** How many of `takes` must be given; all by default. */
  readonly required?: number;
  readonly gives: StaticType | ((types: readonly StaticType[]) => StaticType);
  readonly run: (args: readonly Present[], runtime: Runtime) => Stored;
  /** A NULL argument makes the result NULL without a call, unless the function wants to see it. */
  readonly seesNull?: true;
}

const anyText: StaticType = { name: "nvarchar", length: 4000 };

function adapt(binder: Binder, arg: Bound, parameter: Parameter | undefined): Bound {
  if (parameter === undefined || parameter === "any") return arg;
  if (parameter === "text") return isText(arg.type) ? arg : implicitly(binder, arg, anyText);
  return implicitly(binder, arg, parameter);
}

/** 174 or 189: the number of arguments is wrong. */
function wrongCount(name: string, least: number, most: number): SqlError {
  const text =
    least === most
      ? `The ${name.toLowerCase()} function requires ${most} argument(s).`
      : `The ${name.toLowerCase()} function requires ${least} to ${most} arguments.`;
  return new SqlError(least === most ? 174 : 189, text, { severity: 15 });
}

/** A function that is computed row by row from its arguments. */
export function scalar(definition: Scalar): BuiltIn {
  const { takes, gives, run, seesNull } = definition;
  const required = definition.required ?? takes.length;
  return (args, binder, name) => {
    if (args.length < required || args.length > takes.length) {
      throw wrongCount(name, required, takes.length);
    }
    const adapted = args.map((arg, index) => adapt(binder, arg, takes[index]));
    const type = typeof gives === "function" ? gives(adapted.map((arg) => arg.type)) : gives;
    const { runtime } = binder;
    const key = [
      name,
      ...adapted.map((arg) => (isText(arg.type) ? arg.type.name : typeName(arg.type))),
    ];
    return call(binder, key.join("_").replaceAll(/\W+/gu, "_"), adapted, {
      type,
      run: (values) => {
        if (seesNull !== true && values.includes(null)) return null;
        // Without seesNull no NULL comes this far; with it `run` is written for NULL.
        return run(values as readonly Present[], runtime);
      },
    });
  };
}
