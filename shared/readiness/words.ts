// Words that several checks of a readiness assessment share.
import { listOf } from "../plan/actions/action-form.ts";
import { visibleText } from "../visible-text.ts";

/** 'a, b and c', harmless to show. */
export function named(names: readonly string[]): string {
  return listOf(names.map(visibleText));
}

/** 'job a', or 'jobs a and b'. */
export function called(noun: string, names: readonly string[]): string {
  return `${names.length === 1 ? noun : `${noun}s`} ${named(names)}`;
}

const gigabyte = 1024 ** 3;

/** '19.5 GB', or '512 MB' below one. */
export function sizeWords(bytes: number): string {
  return bytes < gigabyte
    ? `${String(Math.round(bytes / 1024 ** 2))} MB`
    : `${(bytes / gigabyte).toFixed(1)} GB`;
}

/** '2026-11-21 20:00:05 UTC'. */
export function utcWords(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** Whole per cent; never rounded up to all of it. */
export function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.floor((100 * part) / whole);
}
