// Introduction: what a failover does, planned or forced, and what it needs.
import { Checkbox } from "@fluentui/react-components";
import { ask } from "../../api.ts";
import type { WizardControls } from "../use-wizard.ts";

export function IntroductionPage({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, tell } = controls;
  const [box, instance] = [facts.box.name, facts.instance.name];
  return (
    <>
      <p>
        The wizard exchanges the roles of {box} and {instance}: the secondary becomes primary, the
        primary becomes secondary. The link stays, or it is removed and both become databases of
        their own.
      </p>
      <section className="group">
        <h4>From SQL Server to SQL Managed Instance, to stay there</h4>
        <p>
          A migration. The applications go to the managed instance and stay. The link is removed
          once the failover is proved; before SQL Server 2022 CU13 its end is the failover. SQL
          Server 2016 and newer, with servicing updates.
        </p>
      </section>
      <section className="group">
        <h4>Between SQL Server and SQL Managed Instance</h4>
        <p>
          Disaster recovery, maintenance. The roles are exchanged, the link stays, and the database
          can come back. SQL Server 2022 and newer, with an update policy that matches.
        </p>
      </section>
      <section className="group">
        <h4>What happens</h4>
        <ol>
          <li>Both sides are read. Nothing is changed by reading.</li>
          <li>You approve a plan: every step, where it runs, and whether it can be undone.</li>
          <li>The run waits until both sides hold the same log and nobody writes.</li>
          <li>The failover is sent once. Both sides are read back, and a report is written.</li>
        </ol>
        <p>Stop the applications before the last step. Nothing redirects them afterwards.</p>
      </section>
      <section className="group">
        <h4>When the primary is gone</h4>
        <p>
          A forced failover. The secondary becomes primary with what it has, and data can be lost.
          Open this wizard at the secondary; the other side is not asked.
        </p>
      </section>
      <Checkbox
        label="Do not show this page again."
        checked={state.answers.hideIntroduction}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer: "hideIntroduction", value: checked === true });
          void ask("settings.write", { showIntroduction: checked !== true });
        }}
      />
    </>
  );
}
