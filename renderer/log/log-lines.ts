// Which lines of the log are shown, and how they are copied. Pure.
import type { LogEntry, LogLevel } from "../../shared/log/entry.ts";
import { visibleText } from "../../shared/visible-text.ts";

export interface LogFilter {
  /** Lines of this level and graver ones. */
  readonly level: LogLevel;
  readonly words: string;
}

/** A window draws no more; the file holds the rest. */
export const mostLines = 500;

const gravity: Readonly<Record<LogLevel, number>> = { info: 0, warning: 1, error: 2 };

/** The newest that fit, oldest first. */
export function shownLines(entries: readonly LogEntry[], filter: LogFilter): readonly LogEntry[] {
  const wanted = filter.words.toLowerCase();
  return entries
    .filter(({ level, area, words }) => {
      const isGrave = gravity[level] >= gravity[filter.level];
      return isGrave && `${area} ${words}`.toLowerCase().includes(wanted);
    })
    .slice(-mostLines);
}

/** `2026-11-22 04:00:01 UTC  error  run  …`, one line each whatever the words hold. */
export function lineText({ at, level, area, words }: LogEntry): string {
  const time = `${at.slice(0, 19).replace("T", " ")} UTC`;
  return [time, level, area, visibleText(words)].join("  ");
}
