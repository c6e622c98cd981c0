// The steps of a plan as rows that open: where and why there, undo, stop, and the statement with its conditions.
import { ChevronDownRegular, ChevronRightRegular, PauseCircleRegular } from "@fluentui/react-icons";
import { Fragment, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { pointOfNoReturn } from "../run/point-of-no-return.ts";
import { placeOf } from "../run/step-rows.ts";
import { text } from "../text.ts";
import { UndoMark } from "../ui/undo-mark.tsx";
import { gridMove } from "./grid-move.ts";
import { StepDetails } from "./step-details.tsx";

const titles = text.wizard.plan.columns;

export interface PlanGridProps {
  readonly plan: Plan;
  /** Ids of the steps whose details are shown. */
  readonly opened: ReadonlySet<string>;
  readonly onToggle: (stepId: string) => void;
}

export function PlanGrid({ plan, opened, onToggle }: PlanGridProps) {
  const [focused, setFocused] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const line = pointOfNoReturn(plan);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = plan.steps[focused];
    if (step === undefined || !(event.target instanceof HTMLTableRowElement)) return;
    const move = gridMove(event.key, {
      index: focused,
      count: plan.steps.length,
      isOpen: opened.has(step.id),
    });
    if (move === undefined) return;
    event.preventDefault();
    if (move === "toggle") onToggle(step.id);
    else body.current?.querySelectorAll<HTMLElement>("[aria-level='1']")[move]?.focus();
  };
  return (
    <table className="grid plan-grid" role="treegrid" aria-labelledby="plan-title">
      <thead>
        <tr role="row">
          {titles.map((title) => (
            <th key={title} scope="col" role="columnheader">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {plan.steps.map((step, index) => (
          <Fragment key={step.id}>
            {index === line ? <Line /> : null}
            <StepRow
              plan={plan}
              index={index}
              isOpen={opened.has(step.id)}
              isFocusable={index === focused}
              onFocus={() => {
                setFocused(index);
              }}
              onToggle={() => {
                onToggle(step.id);
              }}
            />
            {opened.has(step.id) ? (
              <StepDetails plan={plan} step={step} columns={titles.length} />
            ) : null}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Line() {
  return (
    <tr role="row" className="no-return">
      <td role="gridcell" colSpan={titles.length}>
        <span>{text.run.noReturn.ahead}</span>
      </td>
    </tr>
  );
}

interface StepRowProps {
  readonly plan: Plan;
  readonly index: number;
  readonly isOpen: boolean;
  readonly isFocusable: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
}

function StepRow({ plan, index, isOpen, isFocusable, onFocus, onToggle }: StepRowProps) {
  const step = plan.steps[index];
  if (step === undefined) return null;
  const Twisty = isOpen ? ChevronDownRegular : ChevronRightRegular;
  return (
    <tr
      role="row"
      aria-level={1}
      aria-expanded={isOpen}
      className={isOpen ? "opened" : undefined}
      tabIndex={isFocusable ? 0 : -1}
      onFocus={onFocus}
      onClick={onToggle}
    >
      <td role="gridcell">
        <div>
          <Twisty className="twisty" aria-hidden="true" />
          <span className="step-number">{index + 1}</span>
          {visibleText(step.title)}
        </div>
      </td>
      <td role="gridcell" className="whole">
        {placeOf(plan, step.runsOn)}
      </td>
      <td role="gridcell" className="quiet">
        {visibleText(step.why)}
      </td>
      <td role="gridcell" className="whole">
        <UndoMark kind={step.undo.kind} />
      </td>
      <td role="gridcell" className="whole">
        <StopHere isSafe={step.safeToStopAfter} />
      </td>
    </tr>
  );
}

function StopHere({ isSafe }: { readonly isSafe: boolean }) {
  return isSafe ? (
    <span className="stop-here">
      <PauseCircleRegular aria-hidden="true" />
      {text.wizard.stopHere.yes}
    </span>
  ) : (
    <span className="stop-not-here">{text.wizard.stopHere.no}</span>
  );
}
