// Has the gate read every second while the wizard is open, both sides are connected and no run reads it itself.
import { useEffect } from "react";
import type { Choices } from "../../shared/choices/choices.ts";
import { ask, useApiEvent } from "../api.ts";
import type { WizardEvent, WizardState } from "./wizard-state.ts";

/** Asked again this often: a watch that could not begin, or was ended, begins again; one that goes on is left alone. */
const askEveryMs = 5000;

export function useGateWatch(
  state: WizardState,
  choices: Choices,
  tell: (event: WizardEvent) => void,
): void {
  const { pair } = state;
  const isConnected = (["box", "instance"] as const).every((side) =>
    state.connections.some(({ connectionId }) => connectionId === pair[side]),
  );
  const isRunNear = state.run.kind === "starting" || state.run.kind === "followed";
  const isWatching = isConnected && !isRunNear && state.page !== "opening";
  useApiEvent("gate", (gate) => {
    tell({ kind: "gateSeen", gate });
  });
  useEffect(() => {
    if (!isWatching) return undefined;
    const watch = () => void ask("gate.watch", { pair, choices });
    watch();
    const timer = setInterval(watch, askEveryMs);
    return () => {
      clearInterval(timer);
      void ask("gate.unwatch", {});
    };
  }, [isWatching, pair, choices]);
}
