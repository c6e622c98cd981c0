// What a step of the plan sends, what must be true before it, how it is seen that it is done, and how it is undone.
import { requestText } from "../../shared/plan/azure-request.ts";
import type { ExpectedRole, Plan, Step, Undo } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";

export interface StepDetailsProps {
  readonly plan: Plan;
  readonly step: Step;
  /** Of the grid that it stands in. */
  readonly columns: number;
}

export function StepDetails({ plan, step, columns }: StepDetailsProps) {
  const { box, instance } = step.rolesBefore;
  const before = `${visibleText(plan.box.serverName)} ${roleWords(box)}, ${visibleText(plan.instance.serverName)} ${roleWords(instance)}.`;
  return (
    <tr role="row" aria-level={2}>
      <td role="gridcell" colSpan={columns}>
        <dl className="plan-details">
          <Sent step={step} />
          <dt>Before</dt>
          <dd>{before}</dd>
          <dt>Done when</dt>
          <dd>{visibleText(step.doneWhen)}</dd>
          <dt>To undo</dt>
          <dd>{visibleText(undoWords(step.undo))}</dd>
        </dl>
      </td>
    </tr>
  );
}

/** The statement or the request, exactly; and the statement that stands in for a request that Azure refuses. */
function Sent({ step }: { readonly step: Step }) {
  const { statement, request, instead, title } = step;
  if (request === undefined) {
    return <Text word="Statement" title={title} text={statement} otherwise="Reads only." />;
  }
  return (
    <>
      <Text word="Request" title={title} text={requestText(request)} />
      {instead === undefined ? null : (
        <Text word="Where Azure refuses it" title={title} text={instead.statement} />
      )}
    </>
  );
}

interface TextProps {
  readonly word: string;
  readonly title: string;
  readonly text: string | undefined;
  readonly otherwise?: string;
}

function Text({ word, title, text, otherwise }: TextProps) {
  return (
    <>
      <dt>{word}</dt>
      <dd>
        {text === undefined ? (
          otherwise
        ) : (
          <pre tabIndex={0} role="region" aria-label={`${word} of ${title}`}>
            {text}
          </pre>
        )}
      </dd>
    </>
  );
}

function roleWords(role: ExpectedRole): string {
  switch (role) {
    case "absent":
      return "has this link no more";
    case "unasked":
      return "is not asked";
    case "any":
      return "may have any role";
    default:
      return `is ${role}`;
  }
}

function undoWords(undo: Undo): string {
  switch (undo.kind) {
    case "changesNothing":
      return "There is nothing to undo.";
    case "undoable":
      return undo.how;
    case "undoableAtCost":
      return `${undo.how} ${undo.cost}`;
    case "irreversible":
      return undo.why;
  }
}
