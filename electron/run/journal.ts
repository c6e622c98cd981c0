// The run's append-only file: one event per line, on disk before anything acts on it.
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../../shared/errors/app-error.ts";
import type { RunEvent, RunEventBody } from "../../shared/run/events.ts";
import type { Clock } from "./clock.ts";
import type { JournalContent } from "./read-journal.ts";

/** The open file of one run. One process owns it. */
export interface Journal {
  readonly path: string;
  /**
   * Numbers and stamps the event, writes it as one line and flushes it to disk before it returns.
   * Throws AppError `journalNotWritten`; after that every further call throws it too.
   */
  append(body: RunEventBody): RunEvent;
  close(): void;
}

/** Makes the file; one that already exists is an error, so that two runs never share a journal. */
export function createJournal(path: string, clock: Clock): Journal {
  const descriptor = guarded(path, () => openSync(path, "wx", 0o600));
  flushFolder(dirname(path));
  return journalOn(descriptor, { path, clock, lastSequence: 0, length: 0 });
}

/** Opens a journal that an earlier process left behind, to add what was found out. A torn last line is cut off first. */
export function reopenJournal(path: string, content: JournalContent, clock: Clock): Journal {
  const descriptor = guarded(path, () => openSync(path, "r+"));
  guarded(path, () => {
    ftruncateSync(descriptor, content.wholeBytes);
  });
  const lastSequence = content.events.at(-1)?.sequence ?? 0;
  return journalOn(descriptor, { path, clock, lastSequence, length: content.wholeBytes });
}

interface Position {
  readonly path: string;
  readonly clock: Clock;
  readonly lastSequence: number;
  readonly length: number;
}

function journalOn(descriptor: number, from: Position): Journal {
  let { lastSequence, length } = from;
  let broken: AppError | undefined;
  return {
    path: from.path,
    append(body) {
      if (broken !== undefined) throw broken;
      const stamp = { sequence: lastSequence + 1, at: new Date(from.clock.nowMs()).toISOString() };
      const event: RunEvent = { ...stamp, ...body };
      const line = Buffer.from(`${JSON.stringify(event)}\n`, "utf8");
      try {
        writeWhole(descriptor, line, length);
        fsyncSync(descriptor);
      } catch (error) {
        broken = notWritten(from.path, error);
        throw broken;
      }
      length += line.length;
      lastSequence = stamp.sequence;
      return event;
    },
    close() {
      closeSync(descriptor);
    },
  };
}

/** write(2) may take a part of a line only. */
function writeWhole(descriptor: number, bytes: Buffer, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}

/** The new file's name must survive a power cut as well. Windows cannot open a folder and does not need it. */
function flushFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw notWritten(path, error);
  }
}

function notWritten(path: string, cause: unknown): AppError {
  return new AppError(
    {
      code: "journalNotWritten",
      class: "fatal",
      summary: `The journal ${path} cannot be written, so nothing more is started.`,
      ...(cause instanceof Error ? { detail: cause.message } : {}),
      remedy: "Make room on the disk or name another folder with --data-dir.",
    },
    cause,
  );
}
