// World time as the DMVs write it: the server's own wall clock, without a zone.
import type { CatalogContext } from "./context.ts";

/** `2026-11-21T10:00:00.000` for a datetime column; NULL stays NULL. `ms` is world time (UTC). */
export function localTime(
  ms: number | null,
  { server }: Pick<CatalogContext, "server">,
): string | null {
  return ms === null ? null : isoWithoutZone(ms + server.offsetMinutes * 60_000);
}

/** The same moment in UTC, for columns whose name ends in `_utc`. */
export function utcTime(ms: number | null): string | null {
  return ms === null ? null : isoWithoutZone(ms);
}

function isoWithoutZone(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}
