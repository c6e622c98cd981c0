// Has the side that is to take over by force read every second, from the readiness page on, until the run does it itself.
import { useEffect } from "react";
import { ask, useApiEvent } from "../api.ts";
import { isForced } from "./forced-type.ts";
import { isBefore } from "./page-names.ts";
import type { WizardEvent, WizardState } from "./wizard-state.ts";

/** Asked again this often: a watch that was ended begins again; one that goes on is left alone. */
const askEveryMs = 5000;

export function useTargetWatch(state: WizardState, tell: (event: WizardEvent) => void): void {
  const { linkName, pair, startedFrom: to, page, run, watchTurn } = state;
  const isRunNear = run.kind === "starting" || run.kind === "followed";
  const isWatching =
    isForced(state) && !isRunNear && page !== "opening" && !isBefore(page, "readiness");
  useApiEvent("target", (target) => {
    tell({ kind: "targetSeen", target });
  });
  useEffect(() => {
    if (!isWatching) return undefined;
    const watch = () => void ask("target.watch", { pair, linkName, to });
    watch();
    const timer = setInterval(watch, askEveryMs);
    return () => {
      clearInterval(timer);
      tell({ kind: "targetUnwatched", isAnew: false });
      void ask("target.unwatch", {});
    };
  }, [isWatching, pair, linkName, to, watchTurn, tell]);
}
