// What a step of the plan sends, what must be true before it, how it is seen that it is done, and how it is undone.
import { requestText } from "../../shared/plan/azure-request.ts";
import type { ExpectedRole, Plan, Step, Undo } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";

const words = text.wizard.plan;

export interface StepDetailsProps {
  readonly plan: Plan;
  readonly step: Step;
  /** Of the grid that it stands in. */
  readonly columns: number;
}

export function StepDetails({ plan, step, columns }: StepDetailsProps) {
  const { box, instance } = step.rolesBefore;
  const before = words.roles(
    visibleText(plan.box.serverName),
    roleWords(box),
    visibleText(plan.instance.serverName),
    roleWords(instance),
  );
  return (
    <tr role="row" aria-level={2}>
      <td role="gridcell" colSpan={columns}>
        <dl className="plan-details">
          <Sent step={step} />
          <dt>{words.before}</dt>
          <dd>{before}</dd>
          <dt>{words.doneWhen}</dt>
          <dd>{visibleText(step.doneWhen)}</dd>
          <dt>{words.toUndo}</dt>
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
    return (
      <Text word={words.statement} title={title} text={statement} otherwise={words.readsOnly} />
    );
  }
  return (
    <>
      <Text word={words.request} title={title} text={requestText(request)} />
      {instead === undefined ? null : (
        <Text word={words.instead} title={title} text={instead.statement} />
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
          <pre tabIndex={0} role="region" aria-label={words.of(word, title)}>
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
      return words.role.absent;
    case "unasked":
      return words.role.unasked;
    case "any":
      return words.role.any;
    default:
      return words.role.known(role);
  }
}

function undoWords(undo: Undo): string {
  switch (undo.kind) {
    case "changesNothing":
      return words.nothingToUndo;
    case "undoable":
      return undo.how;
    case "undoableAtCost":
      return `${undo.how} ${undo.cost}`;
    case "irreversible":
      return undo.why;
  }
}
