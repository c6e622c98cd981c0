// The last line of a repair: what it waits for, and its buttons. The one that changes a server is never the default.
import { Button } from "@fluentui/react-components";
import { DocumentCheckmarkRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import type { Side } from "../../shared/estate/estate.ts";
import type { Broken } from "../../shared/repair/input.ts";
import { SaveReport } from "../report/save-report.tsx";
import { StopRun } from "../run/stop-run.tsx";
import { text } from "../text.ts";
import { once, withoutEnter } from "../ui/presses.ts";
import { ScriptButton } from "../wizard/foot-extra.tsx";
import { nothingChanged, onDisk } from "../text/wizard-words.ts";
import { deedWords, isRepairConfirmed, lacks } from "./repair-state.ts";
import type { RepairControls } from "./use-repair.ts";
import "../wizard/foot.css";

const words = text.repair.foot;

export interface RepairFootProps {
  readonly controls: RepairControls;
  /** Undefined: there is nothing to repair any more. */
  readonly broken: Broken | undefined;
  readonly names: Readonly<Record<Side, string>>;
  readonly onClose: () => void;
}

export function RepairFoot(props: RepairFootProps) {
  const { controls, onClose } = props;
  const { runId, log, isOver, isStopping, stop } = controls;
  return (
    <footer className="wizard-foot">
      <p id="repair-note" className="wizard-note">
        {noteOf(props)}
      </p>
      {runId === undefined ? (
        <Before {...props} />
      ) : isOver ? (
        <After controls={controls} runId={runId} onClose={onClose} />
      ) : (
        <StopRun run={log.state} isStopping={isStopping} onStop={stop} />
      )}
    </footer>
  );
}

function noteOf({ controls, broken, names }: RepairFootProps): string {
  const { answers, plan, planning, runId, isOver } = controls;
  if (runId !== undefined) return isOver ? "" : onDisk;
  if (broken === undefined) return nothingChanged;
  if (planning.isBusy) return words.reading;
  if (plan === undefined) return lacks(broken, answers, names) ?? nothingChanged;
  return isRepairConfirmed(plan, answers) ? nothingChanged : words.typeName;
}

function Before({ controls, broken, names, onClose }: RepairFootProps) {
  const { answers, made, plan, planning, isStarting, start, makePlan } = controls;
  const mayPlan =
    broken !== undefined &&
    lacks(broken, answers, names) === undefined &&
    !planning.isBusy &&
    !isStarting;
  return (
    <>
      {plan === undefined ? null : (
        <ScriptButton word={text.report.script.word} planHash={made?.plan?.hash} />
      )}
      <Button
        size="small"
        appearance="primary"
        disabledFocusable={!mayPlan}
        aria-describedby="repair-note"
        onClick={once(() => {
          if (mayPlan) makePlan(broken);
        })}
      >
        {made === undefined ? words.check : words.checkAgain}
      </Button>
      {plan === undefined ? null : (
        <Button
          size="small"
          disabledFocusable={!isRepairConfirmed(plan, answers) || isStarting}
          aria-describedby="repair-note"
          onKeyDown={withoutEnter}
          onClick={once(start)}
        >
          {deedWords(plan)}
        </Button>
      )}
      <Button size="small" disabledFocusable={isStarting} onClick={once(onClose)}>
        {text.cancel}
      </Button>
    </>
  );
}

interface AfterProps {
  readonly controls: RepairControls;
  readonly runId: string;
  readonly onClose: () => void;
}

function After({ controls: { log }, runId, onClose }: AfterProps) {
  const saving = useRef<{ readonly save: () => void }>(null);
  return (
    <>
      <ScriptButton word={text.report.script.saveWord} planHash={log.state.started?.planHash} />
      <SaveReport runId={runId} icon={<DocumentCheckmarkRegular />} saving={saving} />
      <Button size="small" appearance="primary" onClick={once(onClose)}>
        {text.close}
      </Button>
    </>
  );
}
