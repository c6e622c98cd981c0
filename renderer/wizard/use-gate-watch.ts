// Has the gate read every second while the wizard is open and both sides are connected.
import { useEffect } from "react";
import type { Choices } from "../../shared/choices/choices.ts";
import { ask, useApiEvent } from "../api.ts";
import type { WizardEvent, WizardState } from "./wizard-state.ts";

export function useGateWatch(
  state: WizardState,
  choices: Choices,
  tell: (event: WizardEvent) => void,
): void {
  const isConnected = (["box", "instance"] as const).every((wanted) =>
    state.connections.some(({ side }) => side === wanted),
  );
  const isWatching = isConnected && state.page !== "opening";
  useApiEvent("gate", (gate) => {
    tell({ kind: "gateSeen", gate });
  });
  useEffect(() => {
    if (!isWatching) return undefined;
    void ask("gate.watch", { choices });
    return () => {
      void ask("gate.unwatch", {});
    };
  }, [isWatching, choices]);
}
