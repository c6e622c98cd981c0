// The printf forms of RAISERROR and FORMATMESSAGE.
import { SqlError } from "../../sql-types.ts";
import type { Stored } from "../types/stored.ts";

const longestMessage = 2047;
const form = /%(?:(%)|([-+0# ]*)(\d*)(?:\.(\d+))?(?:h|l|I64)?([sdiuoxX]))/gu;

/** Fills %s, %d, %i, %u, %x, %X and %o from `values` in order; a missing one reads (null). Error 2787 for any other %. */
export function formatMessage(format: string, values: readonly (Stored | boolean)[]): string {
  let index = 0;
  const unknown = /%./su.exec(format.replaceAll(form, ""));
  if (unknown !== null) {
    throw new SqlError(2787, `Invalid format specification: '${unknown[0]}'.`);
  }
  const text = format.replaceAll(form, (...found: readonly string[]) => {
    const [, percent, flags = "", width = "", precision, letter = ""] = found;
    if (percent !== undefined) return "%";
    const value = values[index] ?? null;
    index += 1;
    return pad(formatOne(value, letter, precision), flags, Number(width));
  });
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage - 3)}...`;
}

function formatOne(value: Stored | boolean, letter: string, precision: string | undefined): string {
  if (value === null) return "(null)";
  if (letter === "s")
    return String(value).slice(0, precision === undefined ? undefined : Number(precision));
  const number = Number(value);
  if (letter === "x" || letter === "X") {
    const hex = (number >>> 0).toString(16);
    return letter === "X" ? hex.toUpperCase() : hex;
  }
  return letter === "o" ? (number >>> 0).toString(8) : String(number);
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes("-")) return text.padEnd(width);
  return text.padStart(width, flags.includes("0") ? "0" : " ");
}
