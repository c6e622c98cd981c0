// The frame of a window with a run of its own: its pages before, every step while it runs, and its results.
import { Button, Spinner } from "@fluentui/react-components";
import { DocumentCheckmarkRegular, StopRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import type { ReactNode } from "react";
import { ResultsView } from "../report/results-view.tsx";
import { SaveReport } from "../report/save-report.tsx";
import { Messages } from "../run/messages-view.tsx";
import type { RunLog } from "../run/run-log.ts";
import { StepTable } from "../run/step-table.tsx";
import { stopMeaning } from "../run/stop-meaning.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { once } from "../ui/presses.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { useNow } from "../ui/use-now.ts";
import { ScriptButton } from "../wizard/foot-extra.tsx";
import type { TaskRun } from "./use-task-run.ts";
import "./tasks.css";

export interface TaskWindowProps {
  readonly title: string;
  readonly task: TaskRun;
  /** The page before the run, and its buttons. */
  readonly children: ReactNode;
  readonly actions: ReactNode;
  readonly onClose: () => void;
}

export function TaskWindow({ title, task, children, actions, onClose }: TaskWindowProps) {
  const { run, isUnderWay } = task;
  const close = () => {
    if (!isUnderWay) onClose();
  };
  return (
    <AppDialog
      title={title}
      size="wide"
      onClose={close}
      actions={
        run.kind === "followed" ? (
          <RunActions task={task} log={run.log} onClose={close} />
        ) : (
          <>
            {actions}
            <Button size="small" disabledFocusable={isUnderWay} onClick={once(close)}>
              {text.cancel}
            </Button>
          </>
        )
      }
    >
      <div className="task" tabIndex={run.kind === "followed" ? 0 : undefined}>
        {run.kind === "refused" ? <ProblemView problem={run.problem} /> : null}
        {run.kind === "starting" ? <Spinner size="extra-tiny" label={text.tasks.starting} /> : null}
        {run.kind === "followed" ? <RunShown task={task} log={run.log} /> : children}
      </div>
    </AppDialog>
  );
}

interface OfRun {
  readonly task: TaskRun;
  readonly log: RunLog;
}

function RunShown({ task, log }: OfRun) {
  const now = useNow(1000);
  if (!task.isUnderWay) return <ResultsView log={log} now={now} />;
  const meaning = stopMeaning(log.state);
  return (
    <>
      {task.stopProblem === undefined ? null : <ProblemView problem={task.stopProblem} />}
      <StepTable run={log.state} now={now} />
      <p id="if-you-stop">
        {meaning === undefined ? text.run.nothingToStop : `${meaning.heading} ${meaning.text}`}
      </p>
      <Messages log={log} />
    </>
  );
}

function RunActions({ task, log, onClose }: OfRun & { readonly onClose: () => void }) {
  const saving = useRef(null);
  const { started, stopRequestedAt } = log.state;
  if (task.isUnderWay) {
    const meaning = stopMeaning(log.state);
    return (
      <Button
        size="small"
        icon={<StopRegular />}
        disabledFocusable={meaning === undefined || stopRequestedAt !== null}
        aria-describedby="if-you-stop"
        onClick={once(task.stop)}
      >
        {stopRequestedAt === null ? (meaning?.button ?? text.run.stop) : text.run.stopAsked}
      </Button>
    );
  }
  return (
    <>
      <ScriptButton word={text.report.script.saveWord} planHash={started?.planHash} />
      {started === undefined ? null : (
        <SaveReport runId={started.runId} icon={<DocumentCheckmarkRegular />} saving={saving} />
      )}
      <Button size="small" appearance="primary" onClick={once(onClose)}>
        {text.close}
      </Button>
    </>
  );
}
