// Post-Failover Operations: whether the link is removed, what becomes of SQL Server's group and of the old copy.
import { Checkbox } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import type { Way } from "../../../shared/ways/way.ts";
import { ResultMark } from "../../ui/result-mark.tsx";
import { withShortNames } from "../../ui/short-names.ts";
import type { Answers } from "../answers.ts";
import type { ReplicaFacts } from "../link-facts.ts";
import type { WizardControls } from "../use-wizard.ts";

interface PartProps {
  readonly controls: WizardControls;
  readonly way: Way;
}

export function PostFailoverPage({ controls }: { readonly controls: WizardControls }) {
  const { facts } = controls;
  const { box, primary, way } = facts;
  if (way === undefined) return <p>{`${box.name} does not show the link any more.`}</p>;
  return (
    <>
      <Removal controls={controls} way={way} />
      <CleanUp controls={controls} way={way} />
      {way.isRemoved ? <OldCopy controls={controls} way={way} /> : null}
      {way.isRemoved || primary === "instance" ? null : (
        <SecondaryRole controls={controls} way={way} />
      )}
      {primary === "instance" ? <LogBackups box={box} /> : null}
    </>
  );
}

/** SSMS's own tick; where the link cannot stay it is ticked and locked, and to be understood. */
function Removal({ controls, way }: PartProps) {
  const { removal, keep, understood, isRemoved } = way;
  const lacks = isRemoved ? null : removal.lacks;
  return (
    <section className="group" aria-label="Link removal">
      <h4>Link removal</h4>
      <Tick
        controls={controls}
        answer="removeLink"
        isTicked={isRemoved}
        isShut={removal.isLocked || !removal.isOffered || lacks !== null}
        label="Remove the link after successful failover completion."
      >
        {removal.isLocked ? (
          <>
            <LockClosedRegular aria-hidden="true" />{" "}
          </>
        ) : null}
        {keep.kind === "closed" ? <>{said(controls, keep.sentence)} </> : null}
        {said(controls, removal.sentence)}
      </Tick>
      {lacks === null ? null : (
        <p className="explained">
          <ResultMark level={lacks.what === "signIn" ? "unknown" : "failed"}>
            {said(controls, `${lacks.sentence} ${lacks.remedy}`)}
          </ResultMark>
        </p>
      )}
      {isRemoved ? (
        <p className="explained">
          <b>{said(controls, understood.sentence)}</b>
        </p>
      ) : null}
      {understood.isRequired ? (
        <Tick controls={controls} answer="understood" label="I understand" />
      ) : null}
    </section>
  );
}

function CleanUp({ controls, way: { dropGroup } }: PartProps) {
  const { state, facts } = controls;
  return (
    <section className="group" aria-label="Clean-up (SQL Server)">
      <h4>Clean-up (SQL Server)</h4>
      <Tick
        controls={controls}
        answer="dropGroup"
        isTicked={dropGroup.isOffered && state.answers.dropGroup}
        isShut={!dropGroup.isOffered}
        label={`Delete availability group '${facts.box.group ?? "unknown"}' on SQL Server`}
      >
        {said(controls, dropGroup.sentence)}
      </Tick>
    </section>
  );
}

function OldCopy({ controls, way: { keepOldCopyClosed } }: PartProps) {
  return (
    <section className="group" aria-label="Old copy">
      <h4>Old copy</h4>
      <Tick
        controls={controls}
        answer="keepOldCopyClosed"
        label="Keep the old copy from being written"
      >
        {said(controls, keepOldCopyClosed.sentence)}
      </Tick>
    </section>
  );
}

/** SSMS's last task, where SQL Server becomes secondary. */
function SecondaryRole({ controls, way: { letSqlServerBeRead } }: PartProps) {
  const { isOffered, sentence } = letSqlServerBeRead;
  return (
    <section className="group" aria-label="Secondary role (SQL Server)">
      <h4>Secondary role (SQL Server)</h4>
      <Tick
        controls={controls}
        answer="letSqlServerBeRead"
        isTicked={isOffered && controls.state.answers.letSqlServerBeRead}
        isShut={!isOffered}
        label="Enable SQL Server to allow connections for Secondary role"
      >
        {said(controls, sentence)}
        {isOffered ? " The step is left out where connections are allowed already." : ""}
      </Tick>
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

interface TickProps {
  readonly controls: WizardControls;
  readonly answer: keyof Answers;
  readonly label: string;
  /** As answered, where nothing else decides. */
  readonly isTicked?: boolean;
  readonly isShut?: boolean;
  /** Why, and what it does. */
  readonly children?: ReactNode;
}

function Tick({ controls, answer, label, isTicked, isShut = false, children }: TickProps) {
  const { state, tell } = controls;
  const explained = `${answer}-explained`;
  return (
    <>
      <Checkbox
        label={label}
        disabled={isShut}
        aria-describedby={children === undefined ? undefined : explained}
        checked={isTicked ?? state.answers[answer]}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer, value: checked === true });
        }}
      />
      {children === undefined ? null : (
        <p id={explained} className="explained">
          {children}
        </p>
      )}
    </>
  );
}

function said({ facts }: WizardControls, sentence: string): string {
  return withShortNames(sentence, facts.instance.serverName);
}
