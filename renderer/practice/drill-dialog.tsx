// What a drill is: to start it, and to read it again while it is under way.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { DrillsView } from "../../shared/drills/drill.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { ask } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import "./practice.css";

export interface DrillDialogProps {
  readonly drills: DrillsView | undefined;
  readonly drillId: string;
  readonly onClose: () => void;
}

export function DrillDialog({ drills, drillId, onClose }: DrillDialogProps) {
  const words = text.practice;
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const drill = drills?.drills.find(({ id }) => id === drillId);
  if (drill === undefined) return null;
  const canStart = drills?.underWay === null;
  const start = async () => {
    setStarting(true);
    const answer = await ask("practice.start", { drillId });
    setStarting(false);
    if (answer.ok) onClose();
    else setProblem(answer.error);
  };
  return (
    <AppDialog
      title={drill.name}
      onClose={onClose}
      actions={
        <>
          {canStart ? (
            <Button
              size="small"
              appearance="primary"
              disabledFocusable={isStarting}
              onClick={() => void start()}
            >
              {words.start}
            </Button>
          ) : null}
          <Button size="small" onClick={onClose}>
            {canStart ? text.cancel : text.close}
          </Button>
        </>
      }
    >
      <dl className="drill">
        <dt>{words.happens}</dt>
        <dd>{drill.happens}</dd>
        <dt>{words.task}</dt>
        <dd>{drill.toDo}</dd>
      </dl>
      {canStart ? <p>{words.putBack}</p> : null}
      {isStarting ? <Spinner size="extra-tiny" label={words.starting} /> : null}
      {problem === undefined ? null : <ProblemView problem={problem} />}
    </AppDialog>
  );
}
