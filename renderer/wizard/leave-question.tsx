// Asked by Cancel once something has been done that would be lost. Nothing on the servers is.
import { Button } from "@fluentui/react-components";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import { nothingChanged } from "../text/wizard-words.ts";

const words = text.wizard.leave;

export interface LeaveQuestionProps {
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

export function LeaveQuestion({ onLeave, onStay }: LeaveQuestionProps) {
  useReturnFocus("#wizard-heading");
  return (
    <AppDialog
      title={words.title}
      onClose={onStay}
      actions={
        <>
          <Button size="small" appearance="primary" onClick={onStay}>
            {words.stay}
          </Button>
          <Button size="small" onClick={onLeave}>
            {words.leave}
          </Button>
        </>
      }
    >
      <p>
        {nothingChanged} {words.notKept}
      </p>
    </AppDialog>
  );
}
