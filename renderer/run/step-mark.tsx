// The status of a step, as a shape and a word.
import { Spinner } from "@fluentui/react-components";
import {
  ArrowSyncRegular,
  ArrowUndoRegular,
  CheckmarkCircleFilled,
  CircleHintRegular,
  DismissCircleFilled,
  PauseCircleRegular,
  QuestionCircleRegular,
  SubtractCircleRegular,
  WarningFilled,
} from "@fluentui/react-icons";
import type { FluentIcon } from "@fluentui/react-icons";
import { createElement } from "react";
import { text } from "../text.ts";
import type { StepStatus } from "./step-rows.ts";

const icons: Readonly<Record<Exclude<StepStatus, "running" | "takingBack">, FluentIcon>> = {
  notStarted: CircleHintRegular,
  waiting: ArrowSyncRegular,
  success: CheckmarkCircleFilled,
  warning: WarningFilled,
  failed: DismissCircleFilled,
  unknown: QuestionCircleRegular,
  stopped: PauseCircleRegular,
  skipped: SubtractCircleRegular,
  takenBack: ArrowUndoRegular,
};

export function StepMark({ status }: { readonly status: StepStatus }) {
  return (
    <span className={`step-mark step-${status}`}>
      {status === "running" || status === "takingBack" ? (
        <Spinner size="extra-tiny" aria-hidden="true" />
      ) : (
        createElement(icons[status], { "aria-hidden": true })
      )}
      {text.run.status[status]}
    </span>
  );
}
