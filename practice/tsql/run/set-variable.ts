// Assignment to a variable of the batch.
import type { SqlValue } from "../../sql-types.ts";
import type { Frame } from "./frame.ts";

/** `value` must already be of the variable's type. The parser has refused names that are not declared. */
export function setVariable(frame: Frame, name: string, value: SqlValue): void {
  const variable = frame.variables.get(name);
  if (variable === undefined) throw new Error(`the parser let ${name} pass undeclared`);
  variable.value = value;
}
