// Follows the run in flight: what was missed is asked for once, what happens is told.
import { useEffect, useState } from "react";
import { ask, useApiEvent } from "./api.ts";
import { caughtUp, noRun, runFeedAfter } from "./run-feed.ts";
import type { RunFeed } from "./run-feed.ts";

/** The run as far as it is known. After a reload of the window it is complete again with the first answer. */
export function useRun(): RunFeed {
  const [feed, setFeed] = useState(noRun);
  useApiEvent("run.event", (event) => {
    setFeed((known) => runFeedAfter(known, event));
  });
  const { hasGap } = feed;
  useEffect(() => {
    void ask("run.follow", { afterSequence: 0 }).then((answer) => {
      if (answer.ok) setFeed((known) => caughtUp(known, answer.value));
    });
  }, [hasGap]);
  return feed;
}
