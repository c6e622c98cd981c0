// The window Clean up after a link: what is ticked of what was left, its plan, the link's name by hand, the run and its results.
import { Button, Spinner } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Pair } from "../../shared/estate/pair.ts";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { TypedLinkName } from "../ui/typed-link-name.tsx";
import { enterConfirmsNothing } from "../text/wizard-words.ts";
import { ConfirmActions } from "./confirm-actions.tsx";
import { keptHalf, withoutUsed } from "./leftover-rows.ts";
import { LeftoversPage } from "./leftovers-page.tsx";
import { TaskPlan } from "./task-plan.tsx";
import { TaskWindow } from "./task-window.tsx";
import { useMadePlan } from "./use-made-plan.ts";
import { useTaskRun } from "./use-task-run.ts";

const words = text.tasks.cleanUp;

export interface CleanUpDialogProps {
  /** The link that is gone, where it is known. */
  readonly linkName: string | undefined;
  /** The servers that are looked at. */
  readonly pair: Pair;
  /** The page was loaded anew: the run is shown, or its end. */
  readonly isComingBack: boolean;
  readonly onClose: () => void;
}

export function CleanUpDialog({ linkName, pair, isComingBack, onClose }: CleanUpDialogProps) {
  const task = useTaskRun(isComingBack);
  const list = useRequest("leftovers.list");
  const { making, planned, said, typed, type, make, drop } = useMadePlan(pair);
  const [name, setName] = useState(linkName);
  const [ticks, setTicks] = useState<readonly string[]>([]);
  const { send } = list;
  const { box, instance } = pair;
  useEffect(() => {
    if (!isComingBack) void send({ pair: { box, instance } });
  }, [send, box, instance, isComingBack]);

  const found = knownValue(list.status);
  const leftovers = found?.leftovers ?? [];
  const shownName = name ?? keptHalf(leftovers) ?? "";
  const chosen = withoutUsed(leftovers, ticks);
  const lock = lockOf(shownName, chosen);
  return (
    <TaskWindow
      title={words.title}
      task={task}
      onClose={onClose}
      actions={
        said === undefined ? (
          <>
            <span id="task-note" className="task-note quiet">
              {lock}
            </span>
            <Button
              size="small"
              disabledFocusable={list.isBusy || making.isBusy}
              onClick={() => void send({ pair })}
            >
              {words.readAgain}
            </Button>
            <Button
              size="small"
              appearance="primary"
              disabledFocusable={lock !== undefined || list.isBusy || making.isBusy}
              aria-describedby="task-note"
              onClick={once(
                () => void make({ kind: "cleanUp", linkName: shownName.trim(), remove: chosen }),
              )}
            >
              {words.next}
            </Button>
          </>
        ) : (
          <ConfirmActions
            said={said}
            typed={typed}
            isBusy={task.isUnderWay}
            lock={words.typeName(said.plan.link.name)}
            deed={words.remove}
            onPrevious={() => {
              drop();
              void send({ pair });
            }}
            onStart={() => {
              task.start(said.hash, typed);
            }}
          />
        )
      }
    >
      {said === undefined ? (
        <>
          {list.status.kind === "error" ? <ProblemView problem={list.status.error} /> : null}
          {making.status.kind === "error" ? <ProblemView problem={making.status.error} /> : null}
          {making.isBusy ? <Spinner size="extra-tiny" label={words.planning} /> : null}
          <LeftoversPage
            found={found}
            linkName={shownName}
            chosen={chosen}
            refused={planned?.findings.filter(({ blocks }) => blocks) ?? []}
            onName={setName}
            onTicks={(next) => {
              setTicks(next);
              drop();
            }}
          />
        </>
      ) : (
        <>
          <TaskPlan plan={said.plan} />
          <TypedLinkName
            linkName={said.plan.link.name}
            typed={typed}
            hint={enterConfirmsNothing}
            onType={type}
          />
        </>
      )}
    </TaskWindow>
  );
}

/** Why there is no plan to be made yet. */
function lockOf(linkName: string, chosen: readonly string[]): string | undefined {
  if (linkName.trim() === "") return words.noName;
  return chosen.length === 0 ? words.nothingTicked : undefined;
}
