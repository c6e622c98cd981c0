// What a check says, as a shape and a word.
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  DismissCircleFilled,
  QuestionCircleRegular,
  WarningFilled,
} from "@fluentui/react-icons";
import type { FluentIcon } from "@fluentui/react-icons";
import { createElement } from "react";
import type { ReactNode } from "react";
import type { FindingLevel } from "../../shared/checks/finding.ts";
import { text } from "../text.ts";
import "./result-mark.css";

const icons: Readonly<Record<FindingLevel, FluentIcon>> = {
  passed: CheckmarkCircleFilled,
  warning: WarningFilled,
  failed: DismissCircleFilled,
  unknown: QuestionCircleRegular,
  waits: ArrowSyncRegular,
};

export interface ResultMarkProps {
  readonly level: FindingLevel;
  /** What stands beside the sign; the level's own word when absent. */
  readonly children?: ReactNode;
}

export function ResultMark({ level, children }: ResultMarkProps) {
  const isNamed = children !== undefined;
  return (
    <span className={`result result-${level}`}>
      {createElement(icons[level], isNamed ? { "aria-label": text.ui.results[level] } : {})}
      <span className="result-words">{children ?? text.ui.results[level]}</span>
    </span>
  );
}
