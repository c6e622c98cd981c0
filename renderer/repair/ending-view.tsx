// Of two primaries: what becomes of the link, and how the other side is made secondary; what is not offered says why.
import { Button, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { removalLack, setRoleLack } from "../../shared/repair/azure-lack.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Said } from "../../shared/ways/way.ts";
import { text } from "../text.ts";
import { Choice } from "../ui/choice.tsx";
import { once } from "../ui/presses.ts";
import { withShortNames } from "../ui/short-names.ts";
import type { ChoicesViewProps } from "./choices-view.tsx";
import { asksSetRole, demotedSide } from "./repair-state.ts";
import "../wizard/pages/failover-type-page.css";

const { ending, demotion } = text.repair;

export function EndingView({ controls, broken, look, names, onSignIn }: ChoicesViewProps) {
  const { answers, answer, planning } = controls;
  if (broken === "noPrimary") return null;
  const { survivor } = answers;
  const [own, kept] =
    survivor === undefined
      ? [ending.other, ending.kept]
      : [names[otherSide(survivor)], names[survivor]];
  const lack = removalLack(look);
  return (
    <section className="group" aria-label={ending.title}>
      <h4>{ending.title}</h4>
      <Field label={ending.field} size="small">
        <RadioGroup
          value={answers.ending}
          disabled={planning.isBusy}
          onChange={(_event, { value }) => {
            answer({ ending: value === "alone" ? "alone" : "rejoin" });
          }}
        >
          <Radio value="rejoin" label={ending.stays} aria-describedby="rejoin-explained" />
          <p id="rejoin-explained" className="explained">
            {ending.staysMeans(own, kept)}
          </p>
          <Radio
            value="alone"
            label={ending.removed}
            disabled={lack !== undefined}
            aria-describedby="alone-explained"
          />
          <p id="alone-explained" className="explained">
            {lack === undefined ? ending.removedMeans : notOffered(lack, names.instance)}
          </p>
        </RadioGroup>
      </Field>
      {onSignIn === undefined ? null : (
        <Button size="small" disabledFocusable={planning.isBusy} onClick={once(onSignIn)}>
          {ending.signIn}
        </Button>
      )}
    </section>
  );
}

export function DemotionView({ controls, broken, look, names }: ChoicesViewProps) {
  const { answers, answer, planning } = controls;
  const side = demotedSide(broken, answers);
  if (side === undefined) return null;
  const title = demotion.title(names[side]);
  const lack = side === "box" ? demotion.onlyInstances : setRoleLack(look);
  const isByAzure = asksSetRole(broken, answers);
  return (
    <section className="group" aria-label={title}>
      <h4>{title}</h4>
      <Field label={demotion.field} size="small">
        <RadioGroup
          value={isByAzure ? "arm" : "tsql"}
          disabled={planning.isBusy}
          onChange={(_event, { value }) => {
            answer({ demoteBy: value === "arm" ? "arm" : "tsql" });
          }}
        >
          <Radio
            value="tsql"
            label={demotion.byTsql(names[side])}
            aria-describedby="tsql-explained"
          />
          <p id="tsql-explained" className="explained">
            {demotion.byTsqlMeans}
          </p>
          <Radio
            value="arm"
            label={demotion.byAzure}
            disabled={lack !== undefined}
            aria-describedby="arm-explained"
          />
          <p id="arm-explained" className="explained">
            {lack === undefined ? demotion.byAzureMeans : notOffered(lack, names.instance)}
          </p>
        </RadioGroup>
      </Field>
      {isByAzure ? (
        <>
          <Choice
            label={demotion.roleChangeType}
            value={answers.roleChangeType}
            options={["Forced", "Planned"]}
            words={demotion.roleChangeTypes}
            isLocked={planning.isBusy}
            onChange={(roleChangeType) => {
              answer({ roleChangeType });
            }}
          />
          <p className="quiet">{demotion.whichIsRight}</p>
        </>
      ) : null}
    </section>
  );
}

function notOffered({ sentence, remedy }: Said, instanceName: string): string {
  return withShortNames(ending.notOffered(sentence, remedy), instanceName);
}
