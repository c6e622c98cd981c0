// The window Offline fail back: both sides and the choices, the plan with its checks, a name by hand, the run and its results.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { Estate } from "../../shared/estate/estate.ts";
import { nameOf } from "../../shared/estate/name-of.ts";
import { offlineVersion } from "../../shared/offline/version.ts";
import { ConfirmActions } from "../tasks/confirm-actions.tsx";
import { TaskWindow } from "../tasks/task-window.tsx";
import { useMadePlan } from "../tasks/use-made-plan.ts";
import { useTaskRun } from "../tasks/use-task-run.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { shortName } from "../ui/short-name.ts";
import { ChoicesPage } from "./choices-page.tsx";
import { isOfLink, noAnswers, offlineLock, offlineWanted } from "./offline-answers.ts";
import type { OfflineTarget } from "./offline-target.ts";
import { PlanPage } from "./plan-page.tsx";

const words = text.offline;

export interface OfflineDialogProps {
  readonly target: OfflineTarget;
  readonly estate: Estate;
  /** The page was loaded anew: the run is shown, or its end. */
  readonly isComingBack: boolean;
  readonly onClose: () => void;
}

export function OfflineDialog({ target, estate, isComingBack, onClose }: OfflineDialogProps) {
  const task = useTaskRun(isComingBack);
  const { making, planned, said, typed, type, make, drop } = useMadePlan(target.pair);
  const [answers, setAnswers] = useState(noAnswers(target.databases[0] ?? ""));
  const names = {
    box: nameOf(estate.box),
    instance: shortName("instance", nameOf(estate.instance)),
  };
  return (
    <TaskWindow
      title={words.title}
      task={task}
      onClose={onClose}
      actions={
        said === undefined ? (
          <ChoicesActions
            isPossible={!offlineVersion({ estate }).some(({ blocks }) => blocks)}
            lock={offlineLock(answers, names.box)}
            isBusy={making.isBusy}
            onNext={() => {
              drop();
              void make(offlineWanted(target.linkName, answers));
            }}
          />
        ) : (
          <ConfirmActions
            said={said}
            typed={typed}
            isBusy={task.isUnderWay}
            lock={words.typeFirst(isOfLink(said.plan) ? words.of.link : words.of.database)}
            deed={words.deed}
            onPrevious={drop}
            onStart={() => {
              task.start(said.hash, typed);
            }}
          />
        )
      }
    >
      {said === undefined ? (
        <>
          <ChoicesPage
            target={target}
            estate={estate}
            names={names}
            answers={answers}
            refused={planned?.findings.filter(({ blocks }) => blocks) ?? []}
            isLocked={making.isBusy}
            onAnswer={(changed) => {
              setAnswers((before) => ({ ...before, ...changed }));
              drop();
            }}
          />
          {making.status.kind === "error" ? <ProblemView problem={making.status.error} /> : null}
          {making.isBusy ? <Spinner size="extra-tiny" label={words.planning} /> : null}
        </>
      ) : (
        <PlanPage said={said} findings={planned?.findings ?? []} typed={typed} onType={type} />
      )}
    </TaskWindow>
  );
}

interface ChoicesActionsProps {
  /** Where it is not, there is nothing to go on to. */
  readonly isPossible: boolean;
  readonly lock: string | undefined;
  readonly isBusy: boolean;
  readonly onNext: () => void;
}

function ChoicesActions({ isPossible, lock, isBusy, onNext }: ChoicesActionsProps) {
  if (!isPossible) return null;
  return (
    <>
      <span id="task-note" className="task-note quiet">
        {lock}
      </span>
      <Button
        size="small"
        appearance="primary"
        disabledFocusable={lock !== undefined || isBusy}
        aria-describedby="task-note"
        onClick={once(onNext)}
      >
        {words.next}
      </Button>
    </>
  );
}
