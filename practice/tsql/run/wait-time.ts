// The time of WAITFOR DELAY.
import { SqlError } from "../../sql-types.ts";
import type { SqlValue } from "../../sql-types.ts";
import { fieldsOf, parseMoment } from "../types/moment.ts";

/** Milliseconds of `hh:mm[:ss[.mmm]]` or of a datetime's time of day, below 24 hours. Error 148 for anything else. */
export function delayMs(value: SqlValue): number {
  const text = typeof value === "string" ? value : "";
  const moment = parseMoment(text);
  if (moment === undefined) {
    throw new SqlError(148, `Incorrect time syntax in time string '${text}' used with WAITFOR.`, {
      severity: 15,
    });
  }
  const { hour, minute, second, ticks } = fieldsOf(moment);
  return ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(ticks / 10_000);
}
