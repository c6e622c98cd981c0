// Introduction: what a failover does, planned or forced, and what it needs.
import { Checkbox } from "@fluentui/react-components";
import { ask } from "../../api.ts";
import type { WizardControls } from "../use-wizard.ts";
import { text } from "../../text.ts";

const words = text.wizard.page.introduction;

export function IntroductionPage({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, tell } = controls;
  const [box, instance] = [facts.box.name, facts.instance.name];
  return (
    <>
      <p>{words.lead(box, instance)}</p>
      <section className="group">
        <h4>{words.migration.title}</h4>
        <p>{words.migration.body}</p>
      </section>
      <section className="group">
        <h4>{words.exchange.title}</h4>
        <p>{words.exchange.body}</p>
      </section>
      <section className="group">
        <h4>{words.happens.title}</h4>
        <ol>
          {words.happens.list.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
        <p>{words.happens.stopApplications}</p>
      </section>
      <section className="group">
        <h4>{words.gone.title}</h4>
        <p>{words.gone.body}</p>
      </section>
      <Checkbox
        label={words.hide}
        checked={state.answers.hideIntroduction}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer: "hideIntroduction", value: checked === true });
          void ask("settings.write", { showIntroduction: checked !== true });
        }}
      />
    </>
  );
}
