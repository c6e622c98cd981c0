// What the wizard asks when it opens: whether a run is in flight, whether the introduction is wanted, what is connected.
import { ask } from "../api.ts";
import type { WizardEvent } from "./wizard-state.ts";

/** `isComingBack`: the window was reloaded, so the end of the last run is shown too. */
export async function openWizard(
  isComingBack: boolean,
  tell: (event: WizardEvent) => void,
): Promise<void> {
  void ask("connection.list", {}).then((answer) => {
    if (answer.ok) tell({ kind: "connectionsRead", connections: answer.value });
  });
  void ask("app.facts", {}).then((answer) => {
    if (answer.ok) tell({ kind: "appRead", app: answer.value });
  });
  const [run, settings] = await Promise.all([
    ask("run.follow", { afterSequence: 0 }),
    ask("settings.read", {}),
  ]);
  if (run.ok && run.value.runId !== null && (run.value.isRunning || isComingBack)) {
    const { runId, isRunning, events } = run.value;
    tell({ kind: "runFollowed", runId, isRunning, events });
    return;
  }
  tell({ kind: "opened", showIntroduction: !settings.ok || settings.value.showIntroduction });
}
