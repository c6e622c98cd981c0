// Built-in functions on times; the clock is the server's own, which may run fast and in another zone.
import { SqlError } from "../../sql-types.ts";
import type { Binder } from "../bind/binder.ts";
import { constant } from "../bind/binder.ts";
import { explicitly } from "../bind/conversion.ts";
import type { Bound } from "../bind/bound.ts";
import { addPart, countBoundaries, partOf } from "../types/date-part.ts";
import type { Moment } from "../types/moment.ts";
import { fieldsOf, formatIso, parseMoment, shiftTo, ticksPerMillisecond } from "../types/moment.ts";
import type { StaticType } from "../types/static-type.ts";
import {
  bigint,
  datetime,
  datetime2,
  datetimeoffset,
  int,
  isNumber,
  isTime,
  nvarchar,
} from "../types/static-type.ts";
import type { BuiltIn, Present } from "./define.ts";
import { scalar } from "./define.ts";

/** The same value for every row of a statement, as on the server. */
function clock(type: StaticType, zone: "utc" | "local" | "both"): BuiltIn {
  return (_, binder) => {
    const { utcMs, offsetMinutes } = binder.runtime.host.now();
    const utc: Moment = {
      ticks: BigInt(Math.trunc(utcMs)) * ticksPerMillisecond,
      offsetMinutes: 0,
    };
    const shown = zone === "utc" ? utc : shiftTo(utc, offsetMinutes);
    return constant(binder, formatIso(zone === "both" ? shown : { ticks: shown.ticks }, 7), type);
  };
}

/** Text as datetime2, numbers as datetime; times as they are. */
function asTime(arg: Bound, binder: Binder, textType: StaticType): Bound {
  if (isTime(arg.type) || arg.type.name === "null") return arg;
  const isCount = isNumber(arg.type);
  return explicitly(binder, arg, isCount ? datetime : textType);
}

function moment(value: Present | undefined): Moment {
  const parsed = parseMoment(String(value));
  if (parsed !== undefined) return parsed;
  throw new SqlError(
    241,
    "Conversion failed when converting date and/or time from character string.",
  );
}

const timeType = (types: readonly StaticType[], index: number): StaticType => {
  const type = types[index];
  return type !== undefined && isTime(type) ? type : datetime;
};

/** `positions` of the arguments that are times. */
const withTimes =
  (positions: readonly number[], textType: StaticType, inner: BuiltIn): BuiltIn =>
  (args, binder, name) =>
    inner(
      args.map((arg, index) => (positions.includes(index) ? asTime(arg, binder, textType) : arg)),
      binder,
      name,
    );

function dateDiff(result: StaticType, limit: bigint): BuiltIn {
  return withTimes(
    [1, 2],
    datetimeoffset,
    scalar({
      takes: ["text", "any", "any"],
      gives: result,
      run: ([part, from, to]) => {
        const count = countBoundaries(String(part), moment(from), moment(to));
        if (count < limit && count >= -limit) return count;
        throw new SqlError(
          535,
          "The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use datediff with a less precise datepart.",
        );
      },
    }),
  );
}

const dateAdd = withTimes(
  [2],
  datetime,
  scalar({
    takes: ["text", int, "any"],
    gives: (types) => timeType(types, 2),
    run: ([part, count, time]) => formatIso(addPart(String(part), Number(count), moment(time)), 7),
  }),
);

const single = (part: string): BuiltIn =>
  withTimes(
    [0],
    datetime2,
    scalar({ takes: ["any"], gives: int, run: ([time]) => partOf(part, moment(time)) }),
  );

function dateName(part: string, time: Moment): string {
  const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  if (["month", "mm", "m"].includes(part)) {
    return new Date(Date.UTC(2000, fieldsOf(time).month - 1)).toLocaleString("en", {
      month: "long",
      timeZone: "UTC",
    });
  }
  const value = partOf(part, time);
  return ["weekday", "dw", "w"].includes(part) ? (days[value - 1] ?? "") : String(value);
}

/** "+02:00" or a number of minutes. */
function offsetMinutes(value: Present | undefined): number {
  const [, sign, hours, minutes] = /^([-+])(\d{1,2}):(\d{2})$/u.exec(String(value)) ?? [];
  if (hours !== undefined) return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const count = Number(value);
  if (Number.isInteger(count) && Math.abs(count) <= 840) return count;
  throw new SqlError(9812, "The timezone provided to builtin function switchoffset is invalid.");
}

export const timeFunctions: Readonly<Record<string, BuiltIn>> = {
  CURRENT_TIMESTAMP: clock(datetime, "local"),
  DATEADD: dateAdd,
  DATEDIFF: dateDiff(int, 2n ** 31n),
  DATEDIFF_BIG: dateDiff(bigint, 2n ** 63n),
  DATENAME: withTimes(
    [1],
    datetime2,
    scalar({
      takes: ["text", "any"],
      gives: nvarchar(30),
      run: ([part, time]) => dateName(String(part), moment(time)),
    }),
  ),
  DATEPART: withTimes(
    [1],
    datetime2,
    scalar({
      takes: ["text", "any"],
      gives: int,
      run: ([part, time]) => partOf(String(part), moment(time)),
    }),
  ),
  DAY: single("day"),
  GETDATE: clock(datetime, "local"),
  GETUTCDATE: clock(datetime, "utc"),
  MONTH: single("month"),
  SWITCHOFFSET: withTimes(
    [0],
    datetimeoffset,
    scalar({
      takes: ["any", "any"],
      gives: datetimeoffset,
      run: ([time, offset]) =>
        formatIso(shiftTo({ offsetMinutes: 0, ...moment(time) }, offsetMinutes(offset)), 7),
    }),
  ),
  SYSDATETIME: clock(datetime2, "local"),
  SYSDATETIMEOFFSET: clock(datetimeoffset, "both"),
  SYSUTCDATETIME: clock(datetime2, "utc"),
  TODATETIMEOFFSET: withTimes(
    [0],
    datetime2,
    scalar({
      takes: ["any", "any"],
      gives: datetimeoffset,
      run: ([time, offset]) =>
        formatIso({ ticks: moment(time).ticks, offsetMinutes: offsetMinutes(offset) }, 7),
    }),
  ),
  YEAR: single("year"),
};
