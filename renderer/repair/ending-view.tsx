// Of two primaries: what becomes of the link, and how the other side is made secondary; what is not offered says why.
import { Button, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { removalLack, setRoleLack } from "../../shared/repair/azure-lack.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Said } from "../../shared/ways/way.ts";
import { Choice } from "../ui/choice.tsx";
import { once } from "../ui/presses.ts";
import { withShortNames } from "../ui/short-names.ts";
import type { ChoicesViewProps } from "./choices-view.tsx";
import { asksSetRole, demotedSide } from "./repair-state.ts";
import "../wizard/pages/failover-type-page.css";

export function EndingView({ controls, broken, look, names, onSignIn }: ChoicesViewProps) {
  const { answers, answer, planning } = controls;
  if (broken === "noPrimary") return null;
  const { survivor } = answers;
  const [own, kept] =
    survivor === undefined
      ? ["the other side", "the side that stays primary"]
      : [names[otherSide(survivor)], names[survivor]];
  const lack = removalLack(look);
  return (
    <section className="group" aria-label="What becomes of the link">
      <h4>What becomes of the link</h4>
      <Field label="What becomes of the link afterwards" size="small">
        <RadioGroup
          value={answers.ending}
          disabled={planning.isBusy}
          onChange={(_event, { value }) => {
            answer({ ending: value === "alone" ? "alone" : "rejoin" });
          }}
        >
          <Radio value="rejoin" label="It stays" aria-describedby="rejoin-explained" />
          <p id="rejoin-explained" className="explained">
            {`What only one side holds is saved, discarded there, and ${own} follows ${kept} again.`}
          </p>
          <Radio
            value="alone"
            label="It is removed, and both go on apart"
            disabled={lack !== undefined}
            aria-describedby="alone-explained"
          />
          <p id="alone-explained" className="explained">
            {lack === undefined
              ? "Azure deletes it, and it does not come back. Both copies stay and can be written. Nothing is saved and nothing is discarded: neither gets what only the other one has."
              : notOffered(lack, names.instance)}
          </p>
        </RadioGroup>
      </Field>
      {onSignIn === undefined ? null : (
        <Button size="small" disabledFocusable={planning.isBusy} onClick={once(onSignIn)}>
          Sign in to Azure…
        </Button>
      )}
    </section>
  );
}

export function DemotionView({ controls, broken, look, names }: ChoicesViewProps) {
  const { answers, answer, planning } = controls;
  const side = demotedSide(broken, answers);
  if (side === undefined) return null;
  const title = `How ${names[side]} becomes secondary`;
  const lack = side === "box" ? onlyInstances : setRoleLack(look);
  const isByAzure = asksSetRole(broken, answers);
  return (
    <section className="group" aria-label={title}>
      <h4>{title}</h4>
      <Field label="It is made secondary" size="small">
        <RadioGroup
          value={isByAzure ? "arm" : "tsql"}
          disabled={planning.isBusy}
          onChange={(_event, { value }) => {
            answer({ demoteBy: value === "arm" ? "arm" : "tsql" });
          }}
        >
          <Radio
            value="tsql"
            label={`By T-SQL on ${names[side]}`}
            aria-describedby="tsql-explained"
          />
          <p id="tsql-explained" className="explained">
            Its log is compared with the backup once more in the very batch that gives up the role.
          </p>
          <Radio
            value="arm"
            label="By Azure (POST setRole)"
            disabled={lack !== undefined}
            aria-describedby="arm-explained"
          />
          <p id="arm-explained" className="explained">
            {lack === undefined
              ? "Azure takes minutes, and what is written meanwhile is discarded: type below why nobody can write there. Where the account has no right to it (403), T-SQL does it."
              : notOffered(lack, names.instance)}
          </p>
        </RadioGroup>
      </Field>
      {isByAzure ? (
        <>
          <Choice
            label="roleChangeType"
            value={answers.roleChangeType}
            options={["Forced", "Planned"]}
            words={{ Forced: "Forced", Planned: "Planned" }}
            isLocked={planning.isBusy}
            onChange={(roleChangeType) => {
              answer({ roleChangeType });
            }}
          />
          <p className="quiet">
            Which of the two is right after a forced failover is not documented. Where Azure refuses
            one, nothing is given up: repair again with the other.
          </p>
        </>
      ) : null}
    </section>
  );
}

const onlyInstances: Said = {
  sentence: "Azure sets the role of a managed instance alone.",
  remedy: "SQL Server is asked by T-SQL.",
};

function notOffered({ sentence, remedy }: Said, instanceName: string): string {
  return withShortNames(`Not offered: ${sentence} ${remedy}`, instanceName);
}
