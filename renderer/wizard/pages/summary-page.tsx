// Summary: the plan as it will run, and what was refused if it was.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../../text.ts";
import { EnvironmentLine } from "../../ui/environment-line.tsx";
import { ProblemView } from "../../ui/problem-view.tsx";
import { toggled } from "../../ui/toggled.ts";
import { UndoMark } from "../../ui/undo-mark.tsx";
import type { Plan, Undo } from "../../../shared/plan/plan.ts";
import { budgetWords } from "../budget-words.ts";
import { ConfirmByHand, LossBand } from "../forced-confirm.tsx";
import { isForced } from "../forced-type.ts";
import { PlanGrid } from "../plan-grid.tsx";
import type { WizardControls } from "../use-wizard.ts";
import { startingWords } from "../announcement.ts";
import "./summary-page.css";

const page = text.wizard.page.summary;

export function SummaryPage({ controls }: { readonly controls: WizardControls }) {
  const { planning, run } = controls.state;
  const plan = planning.answer?.plan?.plan;
  return (
    <>
      {run.kind === "refused" ? <Refused controls={controls} problem={run.problem} /> : null}
      {planning.problem === undefined ? null : <ProblemView problem={planning.problem} />}
      {run.kind === "starting" ? (
        <Spinner size="extra-tiny" label={startingWords(controls.state)} />
      ) : null}
      {plan === undefined ? (
        planning.ticket === undefined ? null : (
          <Spinner size="extra-tiny" label={page.planning} />
        )
      ) : (
        <>
          {isForced(controls.state) ? <LossBand plan={plan} /> : null}
          <Steps plan={plan} />
          {isForced(controls.state) ? <ConfirmByHand controls={controls} /> : null}
        </>
      )}
    </>
  );
}

function Refused({
  controls,
  problem,
}: {
  readonly controls: WizardControls;
  readonly problem: Parameters<typeof ProblemView>[0]["problem"];
}) {
  return (
    <>
      <ProblemView problem={problem} />
      <Button
        size="small"
        onClick={() => {
          // The button goes with the refusal; the keys go on from the new plan's heading.
          document.getElementById("wizard-heading")?.focus();
          controls.readAgain();
        }}
      >
        {page.lookAgain}
      </Button>
    </>
  );
}

/** The plan as it will run: every step, what it sends, and what can be undone. */
export function Steps({ plan }: { readonly plan: Plan }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const areAllOpen = plan.steps.every(({ id }) => opened.has(id));
  return (
    <>
      <EnvironmentLine plan={plan} />
      <div className="bar">
        <h4 id="plan-title">{page.steps}</h4>
        <Button
          size="small"
          appearance="subtle"
          className="bar-end"
          onClick={() => {
            setOpened(new Set(areAllOpen ? [] : plan.steps.map(({ id }) => id)));
          }}
        >
          {areAllOpen ? page.hideAll : page.showAll}
        </Button>
      </div>
      <PlanGrid
        plan={plan}
        opened={opened}
        onToggle={(id) => {
          setOpened((before) => toggled(before, id));
        }}
      />
      <Legend plan={plan} />
      <Budget plan={plan} />
    </>
  );
}

const kinds: readonly Undo["kind"][] = [
  "changesNothing",
  "undoable",
  "undoableAtCost",
  "irreversible",
];

function Legend({ plan }: { readonly plan: Plan }) {
  const isFinal = plan.steps.some(({ undo }) => undo.kind === "irreversible");
  return (
    <p className="legend">
      {kinds.map((kind) => (
        <UndoMark key={kind} kind={kind} />
      ))}
      <span className="quiet">{isFinal ? page.irreversible : page.noneIrreversible}</span>
    </p>
  );
}

/** What the time budget does; from the line of no return on it does nothing. */
function Budget({ plan }: { readonly plan: Plan }) {
  const words = budgetWords(plan);
  return words === undefined ? null : <p className="quiet">{words}</p>;
}
