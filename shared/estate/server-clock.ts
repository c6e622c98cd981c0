// A server's own clock: the zone that it told beside its time, and a time without a zone in that zone. Nothing is known of DST.

export interface Zone {
  /** '+02:00'. */
  readonly text: string;
  readonly minutes: number;
}

/** Of a SYSDATETIMEOFFSET() as text, which ends with it; undefined where it does not. */
export function zoneOf(serverTime: string): Zone | undefined {
  const found = /([+-])(\d{2}):(\d{2})\s*$/u.exec(serverTime);
  if (found === null) return undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return { text: found[0].trim(), minutes: found[1] === "-" ? -minutes : minutes };
}

const dateAndTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,3})?/u;

/**
 * '2026-11-21 22:00:03.123 +02:00 = 2026-11-21 20:00:03.123 UTC' of a time that the server's clock told. The offset is that of
 * `zone`, whatever the clock has been set to since. Undefined for a text that is no time.
 */
export function localAndUtc(time: string, zone: Zone): string | undefined {
  const found = dateAndTime.exec(time);
  const [, date = "", clock = "", fraction = ""] = found ?? [];
  const ms = Date.parse(`${date}T${clock}Z`) - zone.minutes * 60_000;
  if (found === null || Number.isNaN(ms)) return undefined;
  // Whole minutes leave the seconds' fraction as it is, to the millisecond.
  const utc = new Date(ms).toISOString().slice(0, 19).replace("T", " ");
  return `${date} ${clock}${fraction} ${zone.text} = ${utc}${fraction} UTC`;
}
