// Choose Failover Type: both replicas, what they support, and why forced failover is not offered.
import { Checkbox, Radio, RadioGroup } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";
import { visibleText } from "../../../shared/visible-text.ts";
import { ResultMark } from "../../ui/result-mark.tsx";
import { RoleChip } from "../../ui/role-chip.tsx";
import { withShortNames } from "../../ui/short-names.ts";
import { forcedReason } from "../forced-reason.ts";
import type { LinkFacts, ReplicaFacts } from "../link-facts.ts";
import { NowAfter } from "../now-after.tsx";
import type { WizardControls } from "../use-wizard.ts";
import { readOnlyInGroup } from "../words.ts";
import "./failover-type-page.css";

export function FailoverTypePage({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const { startedFrom } = state;
  const remote = startedFrom === "box" ? "instance" : "box";
  return (
    <div className="failover-type">
      <div>
        <div className="side-by-side">
          <section className="group" aria-label="Local replica status">
            <h4>Local replica status</h4>
            <dl className="facts">
              <dt>Link name</dt>
              <dd>
                <b>{visibleText(facts.name)}</b>
              </dd>
              <Replica replica={facts[startedFrom]} />
              <dt>Supported failover types</dt>
              <dd>{facts.way?.supportedTypes ?? "unknown"}</dd>
            </dl>
          </section>
          <section className="group" aria-label="Remote replica status">
            <h4>Remote replica status</h4>
            <dl className="facts">
              <Replica replica={facts[remote]} />
            </dl>
          </section>
        </div>
        <WayBack facts={facts} />
        <Types controls={controls} />
      </div>
      <NowAfter facts={facts} />
    </div>
  );
}

function Replica({ replica }: { readonly replica: ReplicaFacts }) {
  return (
    <>
      <dt>Server name</dt>
      <dd title={`${replica.serverName} at ${replica.address}`}>{replica.serverName}</dd>
      <dt>Link role</dt>
      <dd>
        <RoleChip role={replica.role} words="pane" />
        {replica.because === undefined ? null : <span>{replica.because}</span>}
      </dd>
      <dt>Version</dt>
      <dd>{replica.version ?? "unknown"}</dd>
      <dt>Availability group</dt>
      <dd>{replica.group ?? "unknown"}</dd>
    </>
  );
}

const levels = {
  yes: "passed",
  offline: "warning",
  no: "warning",
  unknown: "unknown",
} as const;

/** The sentence that the assessment's check says too. */
function WayBack({ facts: { way, instance } }: { readonly facts: LinkFacts }) {
  if (way === undefined) return null;
  const level = levels[way.comeBack.kind];
  return (
    <div className={`way-back way-back-${level}`}>
      <ResultMark level={level}>
        {withShortNames(way.comeBack.sentence, instance.serverName)}
      </ResultMark>
    </div>
  );
}

/** Why the link cannot stay, and who acts. */
function plannedWords({ way, instance, primary }: LinkFacts): string {
  if (way === undefined || primary === undefined) return "";
  const { keep, failoverBy } = way;
  const removed = keep.kind === "closed" ? ` The link is removed with it. ${keep.sentence}` : "";
  return withShortNames(` ${failoverBy.sentence}${removed}`, instance.serverName);
}

function Types({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, tell } = controls;
  return (
    <section className="group">
      <h4 id="select-failover-type">Select failover type</h4>
      <RadioGroup value="planned" aria-labelledby="select-failover-type" className="types">
        <div className="type type-chosen">
          <Radio
            value="planned"
            label="Planned manual failover"
            aria-describedby="planned-explained"
          />
          <p id="planned-explained">
            No data is lost. Starts only when both sides hold the same log and nobody writes.
            {plannedWords(facts)}
          </p>
        </div>
        <div className="type">
          <Radio
            value="forced"
            label="Forced failover (data can be lost)"
            disabled
            aria-describedby="forced-explained"
          />
          <p id="forced-explained">
            <LockClosedRegular aria-hidden="true" /> {forcedReason(facts, state.startedFrom)}
          </p>
          <Checkbox label="I understand" disabled aria-describedby="forced-explained" />
        </div>
      </RadioGroup>
      <Checkbox
        label="I have stopped the workload"
        aria-describedby="workload-explained"
        checked={state.answers.workloadStopped}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer: "workloadStopped", value: checked === true });
        }}
      />
      <p id="workload-explained" className="explained">
        {readOnlyInGroup} This can wait until the plan is approved: the run waits until nobody
        writes.
      </p>
    </section>
  );
}
