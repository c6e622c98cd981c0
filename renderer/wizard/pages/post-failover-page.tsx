// Post-Failover Operations: whether the link is removed, what becomes of SQL Server's group and of the old copy.
import { Checkbox, Field, Input } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import type { Way } from "../../../shared/ways/way.ts";
import { text } from "../../text.ts";
import { ResultMark } from "../../ui/result-mark.tsx";
import { withShortNames } from "../../ui/short-names.ts";
import type { TickName } from "../answers.ts";
import { budgetMinutesOf, leastBudgetMinutes, mostBudgetMinutes } from "../answers.ts";
import { forcedSides, isForced, mayForceByAzure } from "../forced-type.ts";
import type { ReplicaFacts } from "../link-facts.ts";
import type { WizardControls } from "../use-wizard.ts";

const page = text.wizard.page.postFailover;

interface PartProps {
  readonly controls: WizardControls;
  readonly way: Way;
}

export function PostFailoverPage({ controls }: { readonly controls: WizardControls }) {
  return isForced(controls.state) ? (
    <ForcedOperations controls={controls} />
  ) : (
    <PlannedOperations controls={controls} />
  );
}

/** Nothing is cleaned up beside a side that is gone: the old primary has to be demoted before anything else. */
function ForcedOperations({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const { own, other } = forcedSides(facts, state.startedFrom);
  const mayAsk = mayForceByAzure(state.estate, state.linkName, own.side);
  return (
    <>
      <section className="group" aria-label={page.removal.title}>
        <h4>{page.removal.title}</h4>
        <p>{page.removal.stays}</p>
      </section>
      <section className="group" aria-label={page.oldPrimary.title}>
        <h4>{page.oldPrimary.title}</h4>
        <p>{page.oldPrimary.body(other.name)}</p>
      </section>
      {own.side === "box" ? <LogBackups box={own} /> : null}
      {mayAsk ? (
        <section className="group" aria-label={page.byAzure.title}>
          <h4>{page.byAzure.title}</h4>
          <Tick controls={controls} answer="askAzure" label={page.byAzure.force}>
            {page.byAzure.inPlace(own.name)}
          </Tick>
        </section>
      ) : null}
    </>
  );
}

function PlannedOperations({ controls }: { readonly controls: WizardControls }) {
  const { facts } = controls;
  const { box, primary, way } = facts;
  if (way === undefined) return <p>{page.noLink(box.name)}</p>;
  return (
    <>
      <Removal controls={controls} way={way} />
      <CleanUp controls={controls} way={way} />
      {way.isRemoved ? <OldCopy controls={controls} way={way} /> : null}
      {way.isRemoved || primary === "instance" ? null : (
        <SecondaryRole controls={controls} way={way} />
      )}
      {primary === "instance" ? <LogBackups box={box} /> : null}
      {way.askAzure.isOffered ? <AskAzure controls={controls} way={way} /> : null}
      <Budget controls={controls} />
    </>
  );
}

/** SSMS's own tick; where the link cannot stay it is ticked and locked, and to be understood. */
function Removal({ controls, way }: PartProps) {
  const { removal, keep, understood, isRemoved } = way;
  const lacks = isRemoved ? null : removal.lacks;
  return (
    <section className="group" aria-label={page.removal.title}>
      <h4>{page.removal.title}</h4>
      <Tick
        controls={controls}
        answer="removeLink"
        isTicked={isRemoved}
        isShut={removal.isLocked || !removal.isOffered || lacks !== null}
        label={page.removal.remove}
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
        <p id="independent-afterwards" className="explained">
          <b>{said(controls, understood.sentence)}</b>
        </p>
      ) : null}
      {understood.isRequired ? (
        <Tick
          controls={controls}
          answer="understood"
          label={page.understand}
          describedBy="independent-afterwards"
        />
      ) : null}
    </section>
  );
}

function CleanUp({ controls, way: { dropGroup } }: PartProps) {
  const { state, facts } = controls;
  return (
    <section className="group" aria-label={page.cleanUp.title}>
      <h4>{page.cleanUp.title}</h4>
      <Tick
        controls={controls}
        answer="dropGroup"
        isTicked={dropGroup.isOffered && state.answers.dropGroup}
        isShut={!dropGroup.isOffered}
        label={page.cleanUp.drop(facts.box.group ?? text.ui.unknown)}
      >
        {said(controls, dropGroup.sentence)}
      </Tick>
    </section>
  );
}

function OldCopy({ controls, way: { keepOldCopyClosed } }: PartProps) {
  return (
    <section className="group" aria-label={page.oldCopy.title}>
      <h4>{page.oldCopy.title}</h4>
      <Tick controls={controls} answer="keepOldCopyClosed" label={page.oldCopy.keepClosed}>
        {said(controls, keepOldCopyClosed.sentence)}
      </Tick>
    </section>
  );
}

/** SSMS's last task, where SQL Server becomes secondary. */
function SecondaryRole({ controls, way: { letSqlServerBeRead } }: PartProps) {
  const { isOffered, sentence } = letSqlServerBeRead;
  return (
    <section className="group" aria-label={page.secondary.title}>
      <h4>{page.secondary.title}</h4>
      <Tick
        controls={controls}
        answer="letSqlServerBeRead"
        isTicked={isOffered && controls.state.answers.letSqlServerBeRead}
        isShut={!isOffered}
        label={page.secondary.allow}
      >
        {said(controls, sentence)}
        {isOffered ? page.secondary.leftOut : ""}
      </Tick>
    </section>
  );
}

/** Nothing of ours to do after failing back, and one thing of the operator's. */
function LogBackups({ box }: { readonly box: ReplicaFacts }) {
  return (
    <section className="group" aria-label={page.logBackups.title}>
      <h4>{page.logBackups.title}</h4>
      <p>{page.logBackups.body(box.name)}</p>
    </section>
  );
}

/** In place of T-SQL; where nothing else is left it is ticked and shut. */
function AskAzure({ controls, way: { askAzure } }: PartProps) {
  return (
    <section className="group" aria-label={page.byAzure.title}>
      <h4>{page.byAzure.title}</h4>
      <Tick
        controls={controls}
        answer="askAzure"
        isTicked={askAzure.isDefault || controls.state.answers.askAzure}
        isShut={askAzure.isDefault}
        label={page.byAzure.ask}
      >
        {said(controls, askAzure.sentence)}
      </Tick>
    </section>
  );
}

function Budget({ controls: { state, tell } }: { readonly controls: WizardControls }) {
  const { budget } = state.answers;
  const isTime = budgetMinutesOf(state.answers) !== undefined;
  return (
    <section className="group" aria-label={page.budget.title}>
      <h4>{page.budget.title}</h4>
      <Field
        label={page.budget.field}
        size="small"
        orientation="horizontal"
        hint={page.budget.hint}
        validationMessage={
          isTime ? undefined : page.budget.bounds(leastBudgetMinutes, mostBudgetMinutes)
        }
        validationState={isTime ? "none" : "error"}
      >
        <Input
          size="small"
          inputMode="numeric"
          value={budget}
          maxLength={4}
          autoComplete="off"
          onChange={(_event, { value }) => {
            tell({ kind: "answered", answer: "budget", value });
          }}
        />
      </Field>
    </section>
  );
}

interface TickProps {
  readonly controls: WizardControls;
  readonly answer: TickName;
  readonly label: string;
  /** As answered, where nothing else decides. */
  readonly isTicked?: boolean;
  readonly isShut?: boolean;
  /** Why, and what it does. */
  readonly children?: ReactNode;
  /** Id of what explains it in place of `children`. */
  readonly describedBy?: string;
}

function Tick(props: TickProps) {
  const { controls, answer, label, isTicked, isShut = false, children } = props;
  const { state, tell } = controls;
  const explained = `${answer}-explained`;
  return (
    <>
      <Checkbox
        label={label}
        disabled={isShut}
        aria-describedby={children === undefined ? props.describedBy : explained}
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
