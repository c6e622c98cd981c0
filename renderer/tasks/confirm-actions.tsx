// The buttons under a task's plan: its scripts, the way back, and the one that starts it once the name is typed.
import { Button } from "@fluentui/react-components";
import { isLinkNameTyped } from "../../shared/forced/confirmed.ts";
import type { SaidPlan } from "../../shared/ipc.ts";
import { text } from "../text.ts";
import { once, withoutEnter } from "../ui/presses.ts";
import { ScriptButton } from "../wizard/foot-extra.tsx";

export interface ConfirmActionsProps {
  readonly said: SaidPlan;
  readonly typed: string;
  readonly isBusy: boolean;
  /** Why it is closed before the name is typed. */
  readonly lock: string;
  /** The words of the button that starts it. */
  readonly deed: string;
  readonly onPrevious: () => void;
  readonly onStart: () => void;
}

/** The button that starts it is nobody's default, and Enter does not press it. */
export function ConfirmActions(props: ConfirmActionsProps) {
  const { said, typed, isBusy, lock, deed, onPrevious, onStart } = props;
  const isOpen = isLinkNameTyped(said.plan.link.name, typed) && !isBusy;
  return (
    <>
      <span id="task-note" className="task-note quiet">
        {isOpen || isBusy ? null : lock}
      </span>
      <ScriptButton word={text.report.script.word} planHash={said.hash} />
      <Button size="small" disabledFocusable={isBusy} onClick={once(onPrevious)}>
        {text.wizard.previous}
      </Button>
      <Button
        size="small"
        disabledFocusable={!isOpen}
        aria-describedby="task-note"
        onKeyDown={withoutEnter}
        onClick={once(onStart)}
      >
        {deed}
      </Button>
    </>
  );
}
