// Says where a file was saved, or why not.
import { Button } from "@fluentui/react-components";
import type { Problem } from "../../shared/errors/app-error.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";

export interface SavedNoteProps {
  readonly state:
    | { readonly kind: "saved"; readonly path: string }
    | { readonly kind: "failed"; readonly problem: Problem };
  readonly onClose: () => void;
}

export function SavedNote({ state, onClose }: SavedNoteProps) {
  useReturnFocus("#wizard-heading");
  return (
    <AppDialog
      title={state.kind === "saved" ? text.report.save.saved : text.report.save.notSaved}
      onClose={onClose}
      actions={
        <Button size="small" appearance="primary" onClick={onClose}>
          {text.ok}
        </Button>
      }
    >
      {state.kind === "saved" ? (
        <p className="saved-path">{visibleText(state.path)}</p>
      ) : (
        <ProblemView problem={state.problem} />
      )}
    </AppDialog>
  );
}
