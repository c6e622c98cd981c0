// The drills of a practice window as the main process tells them; nothing in any other window.
import { useEffect, useState } from "react";
import type { DrillEnd, DrillsView } from "../../shared/drills/drill.ts";
import { ask, useApiEvent } from "../api.ts";

export interface DrillsInWindow {
  /** Undefined where there are none. */
  readonly view: DrillsView | undefined;
  /** How the last drill ended, until the operator has read it. */
  readonly unreadEnd: DrillEnd | undefined;
  readonly read: () => void;
}

export function useDrills(isPractice: boolean): DrillsInWindow {
  const [view, setView] = useState<DrillsView>();
  const [lastRead, setLastRead] = useState(0);
  useApiEvent("practice.drill", setView);
  useEffect(() => {
    if (!isPractice) return;
    // What was told while the answer was on its way is newer.
    void ask("practice.drills", {}).then((answer) => {
      if (answer.ok) setView((told) => told ?? answer.value);
    });
  }, [isPractice]);
  const ended = view?.ended ?? undefined;
  return {
    view,
    unreadEnd: ended === undefined || ended.number <= lastRead ? undefined : ended,
    read: () => {
      setLastRead(ended?.number ?? 0);
    },
  };
}
