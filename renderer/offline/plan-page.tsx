// The checks of an offline fail back, every step with its statement, and the name typed by hand before it is started.
import type { RequestOutput, SaidPlan } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { TaskPlan } from "../tasks/task-plan.tsx";
import { text } from "../text.ts";
import { shortName } from "../ui/short-name.ts";
import { TypedLinkName } from "../ui/typed-link-name.tsx";
import { Findings } from "../wizard/pages/readiness-page.tsx";
import { enterConfirmsNothing } from "../text/wizard-words.ts";
import { isOfLink } from "./offline-answers.ts";

const words = text.offline;

export interface PlanPageProps {
  readonly said: SaidPlan;
  readonly findings: RequestOutput<"plan.make">["findings"];
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

export function PlanPage({ said: { plan }, findings, typed, onType }: PlanPageProps) {
  const { serverName } = plan.instance;
  return (
    <>
      <section className="group" aria-label={text.ui.checks}>
        <h4>{text.ui.checks}</h4>
        <Findings findings={findings} age="" instanceName={serverName} />
      </section>
      {plan.reason === null ? null : (
        <p>{`${words.reason(shortName("instance", serverName))} ${visibleText(plan.reason)}`}</p>
      )}
      <TaskPlan plan={plan} />
      <TypedLinkName
        linkName={plan.link.name}
        of={isOfLink(plan) ? "link" : "database"}
        typed={typed}
        hint={enterConfirmsNothing}
        onType={onType}
      />
    </>
  );
}
