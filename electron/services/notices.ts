// Lets the system tell of a run: what is worth telling is the run's own to say, whether it is wanted the operator's.
import type { RunEvent } from "../../shared/run/events.ts";
import { noticeOf } from "../../shared/run/notice.ts";
import type { HostNeeds } from "./host-needs.ts";

export interface Notices {
  /** Called with every event of every run, in their order. */
  readonly happened: (event: RunEvent) => void;
}

export interface NoticesOptions {
  readonly notify: HostNeeds["notify"];
  /** As the operator has set it now. */
  readonly isWanted: () => boolean;
}

export function createNotices({ notify, isWanted }: NoticesOptions): Notices {
  let events: readonly RunEvent[] = [];
  return {
    happened(event) {
      events = event.kind === "runStarted" ? [event] : [...events, event];
      const notice = noticeOf(events);
      if (notice !== undefined && isWanted()) notify(notice);
    },
  };
}
