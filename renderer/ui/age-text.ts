// How old a piece of knowledge is, in words, and what that age means for it.

/** Roles and values older than this get their age in bold (concept, *State vocabulary*). */
export const oldAfterMs = 10_000;
/** Older than this a role is no longer told. */
export const unknownAfterMs = 60_000;

export type Freshness = "fresh" | "old" | "stale";

export function freshness(ageMs: number): Freshness {
  if (ageMs > unknownAfterMs) return "stale";
  return ageMs > oldAfterMs ? "old" : "fresh";
}

/** `0.4 s`, `42 s`, `6 min`, `3 h`, `2 d`. A clock that went back is `0.0 s`, never less. */
export function ageText(ageMs: number): string {
  const seconds = Math.max(0, ageMs) / 1000;
  if (seconds < 0.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds).toFixed(0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60).toFixed(0)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600).toFixed(0)} h`;
  return `${Math.floor(seconds / 86_400).toFixed(0)} d`;
}

/** `22:02:14 UTC` of an ISO 8601 UTC time. */
export function timeOfDay(iso: string): string {
  return `${iso.slice(11, 19)} UTC`;
}
