// Post-Failover Operations: the link stays; removing it and cleaning up come with a later version.
import { Checkbox } from "@fluentui/react-components";
import { visibleText } from "../../../shared/visible-text.ts";
import type { ReplicaFacts } from "../link-facts.ts";
import type { WizardControls } from "../use-wizard.ts";
import { removeComesLater } from "../words.ts";

export function PostFailoverPage({ controls }: { readonly controls: WizardControls }) {
  const { facts } = controls;
  const { box, primary } = facts;
  return (
    <>
      <section className="group" aria-label="Link removal">
        <h4>Link removal</h4>
        <Checkbox
          label="Remove the link after successful failover completion."
          disabled
          aria-describedby="removal-explained"
        />
        <p id="removal-explained" className="explained">
          {removeComesLater} Removal is for migrations: it drops the distributed availability group{" "}
          {visibleText(facts.name)} on {box.name}.
        </p>
      </section>
      <section className="group" aria-label="Clean-up (SQL Server)">
        <h4>Clean-up (SQL Server)</h4>
        <Checkbox
          label={`Delete availability group '${box.group ?? "unknown"}' on SQL Server`}
          disabled
          aria-describedby="clean-up-explained"
        />
        <p id="clean-up-explained" className="explained">
          Opens only together with the removal of the link.
        </p>
      </section>
      {primary === "instance" ? <LogBackups box={box} /> : <SecondaryRole controls={controls} />}
    </>
  );
}

/** SSMS's last task, where SQL Server becomes secondary. */
function SecondaryRole({
  controls: { state, facts, tell },
}: {
  readonly controls: WizardControls;
}) {
  return (
    <section className="group" aria-label="Secondary role (SQL Server)">
      <h4>Secondary role (SQL Server)</h4>
      <Checkbox
        label="Enable SQL Server to allow connections for Secondary role"
        aria-describedby="readable-explained"
        checked={state.answers.letSqlServerBeRead}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer: "letSqlServerBeRead", value: checked === true });
        }}
      />
      <p id="readable-explained" className="explained">
        {facts.box.name} becomes secondary. Without it its copy cannot be read. The step is left out
        where connections are allowed already, and on Standard edition.
      </p>
    </section>
  );
}

/** Nothing of ours to do after failing back, and one thing of the operator's. */
function LogBackups({ box }: { readonly box: ReplicaFacts }) {
  return (
    <section className="group" aria-label="Log backups (SQL Server)">
      <h4>Log backups (SQL Server)</h4>
      <p>
        {box.name} becomes primary: its log backups must run again at once. Azure does not take them
        any more, and the log grows.
      </p>
    </section>
  );
}
