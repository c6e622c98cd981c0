// Points in time as SQL Server writes and reads them: parse, format, count.

/** 100 ns since 1970-01-01 on the clock that was read (UTC only when `offsetMinutes` is 0). */
export interface Moment {
  readonly ticks: bigint;
  /** Minutes east of UTC, for datetimeoffset; absent where no zone is known. */
  readonly offsetMinutes?: number;
}

export const ticksPerMillisecond = 10_000n;
export const ticksPerMinute = 60_000n * ticksPerMillisecond;
export const ticksPerDay = 1440n * ticksPerMinute;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.:](?<fraction>\d{1,9}))?)?\s*(?<half>[AP]M)?`;
const zone = String.raw`\s*(?<zone>Z|[-+]\d{2}:\d{2})?`;
const forms = [
  new RegExp(
    String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ]\s*${time})?${zone}$`,
    "iu",
  ),
  new RegExp(String.raw`^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:\s+${time})?${zone}$`, "iu"),
  new RegExp(String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})(?:\s+${time})?$`, "iu"),
  new RegExp(
    String.raw`^(?<name>${months.join("|")})\s+(?<day>\d{1,2})\s+(?<year>\d{4})(?:\s+${time})?$`,
    "iu",
  ),
  new RegExp(`^${time}$`, "iu"),
];

function hourOf(groups: Readonly<Record<string, string | undefined>>): number {
  const hour = Number(groups["hour"] ?? 0);
  const half = groups["half"]?.toUpperCase();
  if (half === undefined) return hour;
  return (hour % 12) + (half === "PM" ? 12 : 0);
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text.toUpperCase() === "Z") return 0;
  const [hours = "0", minutes = "0"] = text.slice(1).split(":");
  return (Number(hours) * 60 + Number(minutes)) * (text.startsWith("-") ? -1 : 1);
}

/** Undefined when `text` is no time in a form the server takes under us_english. A time alone is on 1900-01-01. */
export function parseMoment(text: string): Moment | undefined {
  const trimmed = text.trim();
  const groups = forms
    .map((form) => form.exec(trimmed)?.groups)
    .find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const year = Number(groups["year"] ?? 1900);
  const monthName = groups["name"]?.toLowerCase();
  const month =
    monthName === undefined
      ? Number(groups["month"] ?? 1)
      : months.findIndex((name) => name.toLowerCase() === monthName) + 1;
  const day = Number(groups["day"] ?? 1);
  const clock = [
    hourOf(groups),
    Number(groups["minute"] ?? 0),
    Number(groups["second"] ?? 0),
  ] as const;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
  if (!isReal || clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return undefined;
  date.setUTCHours(...clock);
  const fraction = BigInt((groups["fraction"] ?? "").slice(0, 7).padEnd(7, "0"));
  const ticks = BigInt(date.getTime()) * ticksPerMillisecond + fraction;
  const offsetMinutes = offsetOf(groups["zone"]);
  return offsetMinutes === undefined ? { ticks } : { ticks, offsetMinutes };
}

export interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 to 9 999 999. */
  readonly ticks: number;
}

export function fieldsOf(moment: Moment): Fields {
  const perSecond = 1000n * ticksPerMillisecond;
  const ticks = ((moment.ticks % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((moment.ticks - ticks) / ticksPerMillisecond));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ticks: Number(ticks),
  };
}

export const pad = (value: number, width = 2): string => String(value).padStart(width, "0");
export const monthName = (month: number): string => months[month - 1] ?? "";

export function formatOffset(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** ISO 8601 with `T`, `digits` (0 to 7) behind the second, and the offset where there is one. Cuts, never rounds. */
export function formatIso(moment: Moment, digits: number): string {
  const f = fieldsOf(moment);
  const fraction = digits === 0 ? "" : `.${pad(f.ticks, 7).slice(0, digits)}`;
  const zonePart = moment.offsetMinutes === undefined ? "" : formatOffset(moment.offsetMinutes);
  return `${pad(f.year, 4)}-${pad(f.month)}-${pad(f.day)}T${pad(f.hour)}:${pad(f.minute)}:${pad(f.second)}${fraction}${zonePart}`;
}

/** The same instant on a clock `offsetMinutes` east of UTC; a moment without a zone counts as UTC. */
export function shiftTo(moment: Moment, offsetMinutes: number): Moment {
  const difference = BigInt(offsetMinutes - (moment.offsetMinutes ?? 0));
  return { ticks: moment.ticks + difference * ticksPerMinute, offsetMinutes };
}
