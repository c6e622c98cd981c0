// Times as text in the numbered styles of CONVERT ("CAST and CONVERT (Transact-SQL)", date and time styles).
import { SqlError } from "../../sql-types.ts";
import type { Fields, Moment } from "./moment.ts";
import { fieldsOf, formatIso, formatOffset, monthName, pad, shiftTo } from "./moment.ts";
import type { StaticType } from "./static-type.ts";
import { timeDigits } from "./stored.ts";

const clock = (f: Fields): string => `${pad(f.hour)}:${pad(f.minute)}:${pad(f.second)}`;
const fraction = (f: Fields, digits: number): string =>
  digits === 0 ? "" : `.${pad(f.ticks, 7).slice(0, digits)}`;
const twelveHours = (f: Fields): string =>
  `${String(f.hour % 12 === 0 ? 12 : f.hour % 12).padStart(2)}:${pad(f.minute)}${f.hour < 12 ? "AM" : "PM"}`;
const day = (f: Fields): string => `${pad(f.year, 4)}-${pad(f.month)}-${pad(f.day)}`;

type Style = (fields: Fields, digits: number) => string;

const dayAndClock: Style = (f) => `${day(f)} ${clock(f)}`;
const dayAndFraction: Style = (f, digits) => `${day(f)} ${clock(f)}${fraction(f, digits)}`;
const words: Style = (f) =>
  `${monthName(f.month)} ${String(f.day).padStart(2)} ${pad(f.year, 4)} ${twelveHours(f)}`;
const time: Style = (f) => clock(f);

const styles: ReadonlyMap<number, Style> = new Map([
  [0, words],
  [100, words],
  [1, (f) => `${pad(f.month)}/${pad(f.day)}/${pad(f.year % 100)}`],
  [101, (f) => `${pad(f.month)}/${pad(f.day)}/${pad(f.year, 4)}`],
  [8, time],
  [108, time],
  [12, (f) => `${pad(f.year % 100)}${pad(f.month)}${pad(f.day)}`],
  [112, (f) => `${pad(f.year, 4)}${pad(f.month)}${pad(f.day)}`],
  [20, dayAndClock],
  [120, dayAndClock],
  [21, dayAndFraction],
  [25, dayAndFraction],
  [121, dayAndFraction],
  [23, day],
]);

/** Styles that already say the day only, or the time only, show no offset. */
const withOffset: ReadonlySet<number> = new Set([0, 100, 20, 120, 21, 25, 121]);

/**
 * `moment` of type `type` in CONVERT style `style`; without one a datetime is written in style 0, newer types in 121.
 * Error 281 for a style the practice estate does not write.
 */
export function formatMoment(moment: Moment, type: StaticType, style: number | undefined): string {
  if (type.name === "date" && style === undefined) return day(fieldsOf(moment));
  const number = style ?? (type.name === "datetime" ? 0 : 121);
  const digits = timeDigits(type);
  if (number === 126 || number === 127) return formatIsoStyle(moment, digits, number);
  const write = styles.get(number);
  if (write === undefined) {
    throw new SqlError(
      281,
      `${number} is not a valid style number when converting from ${type.name} to a character string.`,
    );
  }
  const text = write(fieldsOf(moment), digits);
  const offset = moment.offsetMinutes;
  return offset === undefined || !withOffset.has(number) ? text : `${text} ${formatOffset(offset)}`;
}

/** 126 and 127 leave out a fraction of zero; 127 turns an offset into UTC and writes Z. */
function formatIsoStyle(moment: Moment, digits: number, style: 126 | 127): string {
  const shown = fieldsOf(moment).ticks === 0 ? 0 : digits;
  if (style === 126 || moment.offsetMinutes === undefined) return formatIso(moment, shown);
  return formatIso(shiftTo(moment, 0), shown).replace("+00:00", "Z");
}
