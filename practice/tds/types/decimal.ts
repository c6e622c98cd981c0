// Exact numbers between their text and the scaled whole number that travels.
import { SqlError } from "../../sql-types.ts";

/** Bytes of a numeric value, sign byte included ([MS-TDS] 2.2.5.5.1.6). */
export function decimalBytes(precision: number): number {
  if (precision <= 9) return 5;
  if (precision <= 19) return 9;
  return precision <= 28 ? 13 : 17;
}

/**
 * `text` times 10^scale as a whole number, halves rounded away from zero. Throws TypeError when it is no number and
 * error 8115 when it has more digits than `precision` allows.
 */
export function parseDecimal(text: string, precision: number, scale: number): bigint {
  const [matched, sign, whole = "", fraction = ""] =
    /^([+-]?)(\d*)(?:\.(\d*))?$/u.exec(text.trim()) ?? [];
  if (matched === undefined || whole + fraction === "") {
    throw new TypeError(`"${text}" is not an exact number`);
  }
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
  const size = kept + ((fraction[scale] ?? "0") >= "5" ? 1n : 0n);
  if (size >= 10n ** BigInt(precision)) {
    throw new SqlError(8115, "Arithmetic overflow error converting numeric to data type numeric.", {
      state: 8,
    });
  }
  return sign === "-" ? -size : size;
}

/** The text of `scaled` divided by 10^scale, with exactly `scale` digits behind the point. */
export function formatDecimal(scaled: bigint, scale: number): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const sign = scaled < 0n ? "-" : "";
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}
