// Reads a journal back: every whole line, and at most one torn line at its end.
import { readFileSync } from "node:fs";
import { AppError } from "../../shared/errors/app-error.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { parseEvent } from "../../shared/run/parse-event.ts";

export interface JournalContent {
  readonly events: readonly RunEvent[];
  /** Bytes up to and with the last whole line. */
  readonly wholeBytes: number;
  /** True when the process died while it wrote the last line; that event was never acted on. */
  readonly hasTornEnd: boolean;
}

const newline = 0x0a;

/**
 * A line counts once its newline is there: the writer acts only after the whole line was flushed, so a line without one
 * stands before anything that it announces. Anything else that cannot be read throws AppError `journalDamaged`.
 */
export function readJournal(path: string): JournalContent {
  const bytes = readFileSync(path);
  const wholeBytes = bytes.lastIndexOf(newline) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString("utf8").split("\n").slice(0, -1);
  const events = lines.map((line, index) => eventOf(path, line, index + 1));
  return { events, wholeBytes, hasTornEnd: wholeBytes < bytes.length };
}

function eventOf(path: string, line: string, sequence: number): RunEvent {
  let event: RunEvent;
  try {
    event = parseEvent(JSON.parse(line));
  } catch (error) {
    throw damaged(path, sequence, error);
  }
  if (event.sequence !== sequence) throw damaged(path, sequence, undefined);
  return event;
}

function damaged(path: string, line: number, cause: unknown): AppError {
  return new AppError(
    {
      code: "journalDamaged",
      class: "fatal",
      summary: `Line ${String(line)} of the journal ${path} cannot be read.`,
      ...(cause instanceof Error ? { detail: cause.message } : {}),
      remedy:
        "Read both sides with `mi-link-failover status` to see which is primary, and keep the file.",
    },
    cause,
  );
}
