// Asked by Cancel once something has been done that would be lost. Nothing on the servers is.
import { Button } from "@fluentui/react-components";
import { AppDialog } from "../ui/app-dialog.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import { nothingChanged } from "./words.ts";

export interface LeaveQuestionProps {
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

export function LeaveQuestion({ onLeave, onStay }: LeaveQuestionProps) {
  useReturnFocus("#wizard-heading");
  return (
    <AppDialog
      title="Leave the wizard?"
      onClose={onStay}
      actions={
        <>
          <Button size="small" appearance="primary" onClick={onStay}>
            Stay
          </Button>
          <Button size="small" onClick={onLeave}>
            Leave
          </Button>
        </>
      }
    >
      <p>{nothingChanged} Your answers and the plan are not kept.</p>
    </AppDialog>
  );
}
