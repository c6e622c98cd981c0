// Date and time texts and the counts of 100 ns they stand for on the wire.

export const ticksPerDay = 864_000_000_000n;
const ticksPerMinute = 600_000_000n;
const ticksPerMillisecond = 10_000n;
const startOfCalendarMs = Date.parse("0001-01-01T00:00:00Z");

const isoForm =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,7}))?)?)?(?: ?(Z|[+-]\d\d:\d\d))?$/u;

export interface WallTime {
  /** 100 ns since 0001-01-01 as the clock on the wall shows them. */
  readonly ticks: bigint;
  readonly offsetMinutes: number;
}

/** Reads `2026-11-21T08:00:00.0000000+02:00`; time, fraction and offset may be missing. Throws TypeError. */
export function parseTime(text: string): WallTime {
  const [matched, date = "", hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] =
    isoForm.exec(text) ?? [];
  const dayMs = Date.parse(`${date}T00:00:00Z`);
  if (matched === undefined || Number.isNaN(dayMs) || !isCalendarDay(date, dayMs)) {
    throw new TypeError(`"${text}" is not a date and time`);
  }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const midnight = BigInt(dayMs - startOfCalendarMs) * ticksPerMillisecond;
  return {
    ticks: midnight + BigInt(seconds) * 10_000_000n + BigInt(fraction.padEnd(7, "0")),
    offsetMinutes: readZone(zone),
  };
}

/** Date.parse takes 30 February for 2 March. */
const isCalendarDay = (date: string, dayMs: number): boolean =>
  new Date(dayMs).toISOString().startsWith(date);

function readZone(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith("-") ? -minutes : minutes;
}

/** The ISO text of `ticks`, with `fractionDigits` (0 to 7) of a second, without a zone. */
export function formatTime(ticks: bigint, fractionDigits: number): string {
  const date = new Date(Number(ticks / ticksPerMillisecond) + startOfCalendarMs);
  const fraction = String(ticks % 10_000_000n).padStart(7, "0");
  const seconds = date.toISOString().slice(0, 19);
  return fractionDigits === 0 ? seconds : `${seconds}.${fraction.slice(0, fractionDigits)}`;
}

/** `+02:00` for 120. */
export function formatOffset(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  return `${offsetMinutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

export const offsetTicks = (offsetMinutes: number): bigint =>
  BigInt(offsetMinutes) * ticksPerMinute;

/** Division rounded to the nearest whole number; both numbers positive. */
export const divideRounded = (value: bigint, by: bigint): bigint => (value + by / 2n) / by;

/** Bytes of the time part of datetime2 and datetimeoffset ([MS-TDS] 2.2.5.5.1.8). */
export function timeBytes(scale: number): number {
  if (scale <= 2) return 3;
  return scale <= 4 ? 4 : 5;
}

/** Days from 0001-01-01 to 1900-01-01, where datetime begins to count. */
export const daysTo1900 = 693_595n;
