// Saves the report of a run, as HTML or as Markdown, or all the evidence of it as a folder.
import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import type { ReactElement, Ref } from "react";
import { useImperativeHandle, useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import { ask } from "../api.ts";
import { text } from "../text.ts";
import { SavedNote } from "./saved-note.tsx";
import { safeFileName } from "./save-path.ts";
import { useSave } from "./use-save.tsx";

const words = text.report.report;

export interface SaveReportProps {
  readonly runId: string;
  readonly icon: ReactElement;
  /** Is given what saves without asking for a format: Ctrl+S. */
  readonly saving: Ref<{ readonly save: () => void }>;
}

const endings = { html: "html", markdown: "md" } as const;

export function SaveReport({ runId, icon, saving }: SaveReportProps) {
  const { save, view } = useSave();
  const [problem, setProblem] = useState<Problem>();
  const saveAs = async (format: keyof typeof endings) => {
    const answer = await ask("report.text", { runId, format });
    if (!answer.ok) setProblem(answer.error);
    else {
      const suggestedName = safeFileName(`report-${runId}`, endings[format]);
      save({ suggestedName, text: answer.value.text });
    }
  };
  useImperativeHandle(saving, () => ({ save: () => void saveAs("html") }));
  return (
    <>
      <Menu positioning="above-end">
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={icon} aria-keyshortcuts="Control+S">
            {words.word}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => void saveAs("html")}>{words.html}</MenuItem>
            <MenuItem onClick={() => void saveAs("markdown")}>{words.markdown}</MenuItem>
            <MenuItem
              onClick={() => {
                save({ suggestedName: `evidence-${runId}`, runId });
              }}
            >
              {words.evidence}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {view}
      {problem === undefined ? null : (
        <SavedNote
          state={{ kind: "failed", problem }}
          onClose={() => {
            setProblem(undefined);
          }}
        />
      )}
    </>
  );
}
