// Parts of a date: how DATEDIFF counts them, DATEADD adds them, DATEPART reads them.
import { SqlError } from "../../sql-types.ts";
import type { Moment } from "./moment.ts";
import { fieldsOf, shiftTo, ticksPerDay, ticksPerMillisecond, ticksPerMinute } from "./moment.ts";

type Part =
  | "year"
  | "quarter"
  | "month"
  | "dayofyear"
  | "day"
  | "week"
  | "weekday"
  | "hour"
  | "minute"
  | "second"
  | "millisecond"
  | "microsecond"
  | "nanosecond";

const spellings: Readonly<Record<Part, string>> = {
  year: "year yy yyyy",
  quarter: "quarter qq q",
  month: "month mm m",
  dayofyear: "dayofyear dy y",
  day: "day dd d",
  week: "week wk ww",
  weekday: "weekday dw w",
  hour: "hour hh",
  minute: "minute mi n",
  second: "second ss s",
  millisecond: "millisecond ms",
  microsecond: "microsecond mcs",
  nanosecond: "nanosecond ns",
};
const parts: ReadonlyMap<string, Part> = new Map(
  Object.entries(spellings).flatMap(([part, names]) =>
    // Object.entries forgets that the keys of `spellings` are exactly the parts.
    names.split(" ").map((name) => [name, part as Part] as const),
  ),
);

function partNamed(name: string): Part {
  const part = parts.get(name.toLowerCase());
  if (part === undefined) {
    throw new SqlError(155, `'${name}' is not a recognized datepart option.`, { severity: 15 });
  }
  return part;
}

/** 100 ns in one part; nanoseconds are finer than that and counted apart. */
const lengths: Partial<Record<Part, bigint>> = {
  week: 7n * ticksPerDay,
  weekday: ticksPerDay,
  day: ticksPerDay,
  dayofyear: ticksPerDay,
  hour: 60n * ticksPerMinute,
  minute: ticksPerMinute,
  second: 1000n * ticksPerMillisecond,
  millisecond: ticksPerMillisecond,
  microsecond: 10n,
};
/** 1969-12-28, a Sunday, where weeks begin under DATEFIRST 7. */
const sundayTicks = -4n * ticksPerDay;

const floorDivide = (value: bigint, by: bigint): bigint =>
  (value - (((value % by) + by) % by)) / by;

/** The boundaries of `part` crossed on the way from `from` to `to`; times with an offset are counted in UTC. */
export function countBoundaries(part: string, from: Moment, to: Moment): bigint {
  const [start, end] = [from, to].map((moment) =>
    moment.offsetMinutes === undefined ? moment : shiftTo(moment, 0),
  );
  if (start === undefined || end === undefined) return 0n;
  const kind = partNamed(part);
  if (kind === "nanosecond") return (end.ticks - start.ticks) * 100n;
  const length = lengths[kind];
  if (length !== undefined) {
    const origin = kind === "week" ? sundayTicks : 0n;
    return floorDivide(end.ticks - origin, length) - floorDivide(start.ticks - origin, length);
  }
  const months = [start, end].map(
    (moment) => fieldsOf(moment).year * 12 + fieldsOf(moment).month - 1,
  );
  const per = { year: 12, quarter: 3 }[kind as string] ?? 1;
  const [first = 0, last = 0] = months.map((count) => Math.floor(count / per));
  return BigInt(last - first);
}

/** `count` parts later; the day is cut to the length of the month. */
export function addPart(part: string, count: number, moment: Moment): Moment {
  const kind = partNamed(part);
  if (kind === "nanosecond") return { ...moment, ticks: moment.ticks + BigInt(count) / 100n };
  const length = lengths[kind];
  if (length !== undefined) return { ...moment, ticks: moment.ticks + BigInt(count) * length };
  const { year, month, day } = fieldsOf(moment);
  const target = year * 12 + month - 1 + count * ({ year: 12, quarter: 3 }[kind as string] ?? 1);
  const [newYear, newMonth] = [Math.floor(target / 12), ((target % 12) + 12) % 12];
  const lastDay = new Date(Date.UTC(newYear, newMonth + 1, 0)).getUTCDate();
  const days =
    (Date.UTC(newYear, newMonth, Math.min(day, lastDay)) - Date.UTC(year, month - 1, day)) /
    86_400_000;
  return { ...moment, ticks: moment.ticks + BigInt(days) * ticksPerDay };
}

/** The number DATEPART gives. */
export function partOf(part: string, moment: Moment): number {
  const kind = partNamed(part);
  const f = fieldsOf(moment);
  const startOfYear = Date.UTC(f.year, 0, 1);
  const dayOfYear = (Date.UTC(f.year, f.month - 1, f.day) - startOfYear) / 86_400_000 + 1;
  switch (kind) {
    case "year":
    case "month":
    case "day":
    case "hour":
    case "minute":
    case "second":
      return f[kind];
    case "quarter":
      return Math.ceil(f.month / 3);
    case "dayofyear":
      return dayOfYear;
    case "weekday":
      return new Date(Date.UTC(f.year, f.month - 1, f.day)).getUTCDay() + 1;
    case "week":
      return Math.floor((dayOfYear - 1 + new Date(startOfYear).getUTCDay()) / 7) + 1;
    case "millisecond":
      return Math.floor(f.ticks / 10_000);
    case "microsecond":
      return Math.floor(f.ticks / 10);
    case "nanosecond":
      return f.ticks * 100;
  }
}
