// The first line of every screen: one sentence of what is, and below it what it needs.
import {
  CheckmarkCircleFilled,
  DismissCircleFilled,
  InfoFilled,
  WarningFilled,
} from "@fluentui/react-icons";
import type { FluentIcon } from "@fluentui/react-icons";
import { createElement } from "react";
import type { ReactNode } from "react";
import type { VerdictTone } from "./verdict-tone.ts";
import "./verdict.css";

export interface VerdictProps {
  readonly tone: VerdictTone;
  readonly sentence: string;
  readonly more?: string;
  /** A button at the right. */
  readonly action?: ReactNode;
}

const icons: Readonly<Record<VerdictTone, FluentIcon>> = {
  ready: CheckmarkCircleFilled,
  attention: WarningFilled,
  loss: DismissCircleFilled,
  neutral: InfoFilled,
};

/** A polite live region: it speaks when the sentence changes, so numbers that tick belong elsewhere. */
export function Verdict({ tone, sentence, more, action }: VerdictProps) {
  return (
    <div className={`verdict verdict-${tone}`}>
      {createElement(icons[tone], { className: "verdict-icon", "aria-hidden": true })}
      <div className="verdict-text">
        <b role="status">{sentence}</b>
        {more === undefined ? null : <span>{more}</span>}
      </div>
      {action}
    </div>
  );
}
