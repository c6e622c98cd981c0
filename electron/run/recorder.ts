// Writes the run's events to the journal and tells them on; the one place that knows what happens when the disk is full.
import type { RunEvent, RunEventBody } from "../../shared/run/events.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Clock } from "./clock.ts";
import type { Journal } from "./journal.ts";

export interface Recorder {
  /** Every event so far, also those that could not be written. */
  readonly events: readonly RunEvent[];
  /** Set once the journal could not be written: then nothing more is begun. */
  readonly broken: Problem | undefined;
  /** Before acting. Throws AppError `journalNotWritten`: then do not act. */
  readonly begin: (body: RunEventBody) => void;
  /** What has happened already: told on even when it cannot be written, since watching must go on. */
  readonly note: (body: RunEventBody) => void;
}

export function createRecorder(
  journal: Journal,
  clock: Clock,
  onEvent: (event: RunEvent) => void,
): Recorder {
  const events: RunEvent[] = [];
  let broken: Problem | undefined;
  const tell = (event: RunEvent) => {
    events.push(event);
    onEvent(event);
  };
  return {
    events,
    get broken() {
      return broken;
    },
    begin(body) {
      tell(journal.append(body));
    },
    note(body) {
      try {
        tell(journal.append(body));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        broken = error.problem;
        const at = new Date(clock.nowMs()).toISOString();
        tell({ sequence: events.length + 1, at, ...body });
      }
    },
  };
}
