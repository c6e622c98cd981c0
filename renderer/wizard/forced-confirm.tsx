// What a forced failover or a repair gives up, before it is risked, and the link's name typed by hand under it.
import { DismissCircleFilled } from "@fluentui/react-icons";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { TypedLinkName } from "../ui/typed-link-name.tsx";
import type { WizardControls } from "./use-wizard.ts";
import { dataCanBeLost, enterConfirmsNothing } from "../text/wizard-words.ts";
import "./forced-confirm.css";

const words = text.wizard.loss;

/** Read out at once when it is shown: the one thing on the page that nobody may miss. */
export function LossBand({ plan }: { readonly plan: Plan }) {
  return (
    <section
      className="verdict verdict-loss loss-band"
      role="alert"
      aria-label={isLost(plan) ? words.willBeLost : words.cannotBeUndone}
    >
      <DismissCircleFilled className="verdict-icon" aria-hidden="true" />
      <div className="verdict-text">
        <b>{lossWords(plan)}</b>
        <ul>
          {(plan.loss ?? []).map((sentence) => (
            <li key={sentence}>{visibleText(sentence)}</li>
          ))}
        </ul>
        {plan.reason === null ? null : <p>{`${reasonWords(plan)} ${visibleText(plan.reason)}`}</p>}
      </div>
    </section>
  );
}

/** A repair that removes the link leaves both copies as they are. */
function isLost({ kind, move }: Plan): boolean {
  return kind !== "repair" || move !== "none";
}

/** A repair saves what it gives up, where that was asked for; a forced failover cannot. */
function lossWords(plan: Plan): string {
  if (!isLost(plan)) return words.linkIsRemoved;
  return plan.kind === "repair"
    ? words.givenUp(visibleText(plan[plan.from].serverName))
    : dataCanBeLost;
}

/** What the typed reason is a reason for. */
export function reasonWords({ kind }: Pick<Plan, "kind">): string {
  return kind === "repair" ? words.reason.repair : words.reason.forced;
}

export function ConfirmByHand({ controls }: { readonly controls: WizardControls }) {
  const { state, tell } = controls;
  return (
    <TypedLinkName
      linkName={state.linkName}
      typed={state.answers.typedLinkName}
      hint={enterConfirmsNothing}
      onType={(value) => {
        tell({ kind: "answered", answer: "typedLinkName", value });
      }}
    />
  );
}
