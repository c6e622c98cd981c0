// Values of every type as text, as CAST and CONVERT to a character type write them.
import { decodeCodePage } from "../../tds/types/code-page.ts";
import { decodeExact } from "./exact.ts";
import { formatMoment } from "./format-moment.ts";
import { parseMoment } from "./moment.ts";
import type { StaticType } from "./static-type.ts";
import { isNational, storageOf } from "./static-type.ts";
import type { Stored } from "./stored.ts";

/** float in style 0: at most six digits, scientific where that is shorter. */
function floatText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const exponent = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)));
  if (exponent > -5 && exponent < 6) return String(rounded);
  const [mantissa = "", power = "0"] = rounded.toExponential().split("e");
  const sign = power.startsWith("-") ? "-" : "+";
  return `${mantissa}e${sign}${power.replace(/^[-+]/u, "").padStart(3, "0")}`;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex").toUpperCase();

/** Binary styles: 0 the bytes are characters, 1 `0x` and hex, 2 hex alone. */
function bytesText(bytes: Uint8Array, to: StaticType, style: number): string {
  if (style === 1) return `0x${hex(bytes)}`;
  if (style === 2) return hex(bytes);
  return isNational(to) ? Buffer.from(bytes).toString("utf16le") : decodeCodePage(bytes);
}

/** The full text of `value`, not yet cut to the length of `to`. */
export function toText(
  value: Exclude<Stored, null>,
  from: StaticType,
  to: StaticType,
  style: number | undefined,
): string {
  if (value instanceof Uint8Array) return bytesText(value, to, style ?? 0);
  switch (storageOf(from)) {
    case "real":
      return from.name === "numeric" ? Number(value).toFixed(from.scale) : floatText(Number(value));
    case "exact":
      return String(decodeExact(String(value)));
    case "time":
    case "offset": {
      const moment = parseMoment(String(value));
      return moment === undefined ? String(value) : formatMoment(moment, from, style);
    }
    default:
      return String(value);
  }
}
