// The second half of a repair: the checks, the steps, what is given up and where it is, and the link's name typed by hand.
import { Spinner } from "@fluentui/react-components";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { LossBand } from "../wizard/forced-confirm.tsx";
import { Findings } from "../wizard/pages/readiness-page.tsx";
import { Steps } from "../wizard/pages/summary-page.tsx";
import { enterConfirmsNothing } from "../text/wizard-words.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { TextField } from "../ui/text-field.tsx";
import type { RepairControls } from "./use-repair.ts";

const words = text.ui.byHand;

export interface PlanViewProps {
  readonly controls: RepairControls;
  readonly linkName: string;
  readonly instanceName: string;
}

export function PlanView({ controls, linkName, instanceName }: PlanViewProps) {
  const { planning, made, plan, problem, isStarting, answers, answer } = controls;
  return (
    <>
      {problem === undefined ? null : <ProblemView problem={problem} />}
      {planning.status.kind === "error" ? <ProblemView problem={planning.status.error} /> : null}
      {planning.isBusy ? <Spinner size="extra-tiny" label={text.repair.plan.reading} /> : null}
      {made === undefined ? null : (
        <section className="group" aria-label={text.ui.checks}>
          <h4>{text.ui.checks}</h4>
          <Findings findings={made.findings} age="" instanceName={instanceName} />
        </section>
      )}
      {plan === undefined ? null : (
        <>
          <p>{withShortNames(visibleText(plan.summary), plan.instance.serverName)}</p>
          <LossBand plan={plan} />
          <Steps plan={plan} />
          <section className="group confirm-by-hand" aria-label={words.title}>
            <h4>{words.title}</h4>
            <TextField
              label={words.field("link", visibleText(linkName))}
              value={answers.typedLinkName}
              maxLength={128}
              hint={`${words.caseCounts} ${enterConfirmsNothing}`}
              isLocked={isStarting}
              onChange={(typedLinkName) => {
                answer({ typedLinkName });
              }}
            />
          </section>
        </>
      )}
      {isStarting ? <Spinner size="extra-tiny" label={text.repair.plan.starting} /> : null}
    </>
  );
}
