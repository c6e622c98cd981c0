// Conversion of a value outside SQLite: parameters into variables and back.
import type { SqlValue } from "../../sql-types.ts";
import { convert } from "./convert.ts";
import type { StaticType } from "./static-type.ts";
import { variant } from "./static-type.ts";
import { decode, encode } from "./stored.ts";

/** `value`, whatever its own type, as a value of `type`. Errors as convert gives them. */
export function convertValue(value: SqlValue, type: StaticType): SqlValue {
  return decode(convert(encode(value, variant), variant, type), type);
}
