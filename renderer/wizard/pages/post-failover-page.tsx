// Post-Failover Operations: the link stays; removing it and cleaning up come with a later version.
import { Checkbox } from "@fluentui/react-components";
import { visibleText } from "../../../shared/visible-text.ts";
import type { WizardControls } from "../use-wizard.ts";
import { removeComesLater } from "../words.ts";

export function PostFailoverPage({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, tell } = controls;
  const { box } = facts;
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
          {box.name} becomes secondary. Without it its copy cannot be read. The step is left out
          where connections are allowed already, and on Standard edition.
        </p>
      </section>
    </>
  );
}
