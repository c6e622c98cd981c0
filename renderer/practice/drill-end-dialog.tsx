// How a drill ended: what was lost, what was saved, who is primary, and how long it took.
import { Button } from "@fluentui/react-components";
import { CopyRegular, SaveRegular } from "@fluentui/react-icons";
import type { DrillEnd } from "../../shared/drills/drill.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { useSave } from "../report/use-save.tsx";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { drillEndLines, drillEndText, fileNameOf } from "./drill-end-words.ts";
import "./practice.css";

export interface DrillEndDialogProps {
  readonly end: DrillEnd;
  readonly onClose: () => void;
}

export function DrillEndDialog({ end, onClose }: DrillEndDialogProps) {
  const words = text.practice;
  const { save, view } = useSave();
  return (
    <AppDialog
      title={words.ended(end.name)}
      onClose={onClose}
      actions={
        <>
          <CopyButton word={words.copy} textOf={() => drillEndText(end)} icon={<CopyRegular />} />
          <Button
            size="small"
            icon={<SaveRegular />}
            onClick={() => {
              save({ suggestedName: fileNameOf(end), text: drillEndText(end) });
            }}
          >
            {words.save}
          </Button>
          <Button size="small" appearance="primary" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <ul className="drill-end">
        {drillEndLines(end).map((line) => (
          <li key={line}>{visibleText(line)}</li>
        ))}
      </ul>
      {view}
    </AppDialog>
  );
}
