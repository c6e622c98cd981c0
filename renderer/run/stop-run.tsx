// The button that stops the run that is shown, named by what it does now.
import { Button } from "@fluentui/react-components";
import { StopRegular } from "@fluentui/react-icons";
import type { RunState } from "../../shared/run/state.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import { stopMeaning } from "./stop-meaning.ts";

export interface StopRunProps {
  readonly run: RunState;
  /** Asked for here, and not told by the run yet. */
  readonly isStopping: boolean;
  readonly onStop: () => void;
}

export function StopRun({ run, isStopping, onStop }: StopRunProps) {
  const isAsked = isStopping || run.stopRequestedAt !== null;
  const meaning = stopMeaning(run);
  return (
    <Button
      size="small"
      icon={<StopRegular />}
      disabledFocusable={isAsked || meaning === undefined}
      aria-describedby="if-you-stop"
      onClick={once(onStop)}
    >
      {isAsked ? text.run.stopAsked : (meaning?.button ?? text.run.stop)}
    </Button>
  );
}
