// Choose Failover Type: both replicas, what they support, and the two types with what each of them does.
import { Checkbox, Radio, RadioGroup } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";
import { visibleText } from "../../../shared/visible-text.ts";
import { text } from "../../text.ts";
import { ResultMark } from "../../ui/result-mark.tsx";
import { RoleChip } from "../../ui/role-chip.tsx";
import { withShortNames } from "../../ui/short-names.ts";
import { ForcedNowAfter } from "../forced-now-after.tsx";
import { forcedOffer, forcedSides, isForced, supportedTypes } from "../forced-type.ts";
import type { LinkFacts, ReplicaFacts } from "../link-facts.ts";
import { NowAfter } from "../now-after.tsx";
import type { WizardControls } from "../use-wizard.ts";
import { readOnlyInGroup } from "../../text/wizard-words.ts";
import "./failover-type-page.css";

const page = text.wizard.page.failoverType;

export function FailoverTypePage({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const { startedFrom } = state;
  const remote = startedFrom === "box" ? "instance" : "box";
  const sides = forcedSides(facts, startedFrom);
  return (
    <div className="failover-type">
      <div>
        <div className="side-by-side">
          <section className="group" aria-label={page.local}>
            <h4>{page.local}</h4>
            <dl className="facts">
              <dt>{page.linkName}</dt>
              <dd>
                <b>{visibleText(facts.name)}</b>
              </dd>
              <Replica replica={facts[startedFrom]} />
              <dt>{page.supported}</dt>
              <dd>{supportedTypes(facts, forcedOffer(sides))}</dd>
            </dl>
          </section>
          <section className="group" aria-label={page.remote}>
            <h4>{page.remote}</h4>
            <dl className="facts">
              <Replica replica={facts[remote]} />
            </dl>
          </section>
        </div>
        {isForced(state) ? null : <WayBack facts={facts} />}
        <Types controls={controls} />
      </div>
      {isForced(state) ? <ForcedNowAfter sides={sides} /> : <NowAfter facts={facts} />}
    </div>
  );
}

function Replica({ replica }: { readonly replica: ReplicaFacts }) {
  return (
    <>
      <dt>{page.serverName}</dt>
      <dd title={page.serverAt(replica.serverName, replica.address)}>{replica.serverName}</dd>
      <dt>{page.linkRole}</dt>
      <dd>
        <RoleChip role={replica.role} words="pane" />
        {replica.because === undefined ? null : <span>{replica.because}</span>}
      </dd>
      <dt>{page.version}</dt>
      <dd>{replica.version ?? text.ui.unknown}</dd>
      <dt>{page.group}</dt>
      <dd>{replica.group ?? text.ui.unknown}</dd>
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
function WayBack({ facts: { way, instance, primary } }: { readonly facts: LinkFacts }) {
  if (way === undefined) return null;
  const isLater = way.comeBack.kind === "offline" && primary === "box";
  const level = levels[way.comeBack.kind];
  return (
    <div className={`way-back way-back-${level}`}>
      <ResultMark level={level}>
        {withShortNames(way.comeBack.sentence, instance.serverName)}
        {isLater ? page.offlineLater : null}
      </ResultMark>
    </div>
  );
}

/** Why the link cannot stay, and who acts. */
function plannedWords({ way, instance, primary }: LinkFacts): string {
  if (way === undefined || primary === undefined) return "";
  const { keep, failoverBy } = way;
  const removed = keep.kind === "closed" ? page.planned.removed(keep.sentence) : "";
  return withShortNames(page.planned.by(failoverBy.sentence, removed), instance.serverName);
}

function Types({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, tell } = controls;
  const { type } = state.answers;
  const chosen = (one: typeof type) => (one === type ? "type type-chosen" : "type");
  return (
    <section className="group">
      <h4 id="select-failover-type">{page.select}</h4>
      <RadioGroup
        value={type}
        aria-labelledby="select-failover-type"
        className="types"
        onChange={(_event, { value }) => {
          tell({
            kind: "answered",
            answer: "type",
            value: value === "forced" ? "forced" : "planned",
          });
        }}
      >
        <div className={chosen("planned")}>
          <Radio value="planned" label={page.planned.word} aria-describedby="planned-explained" />
          <p id="planned-explained">
            {page.planned.means}
            {plannedWords(facts)}
          </p>
        </div>
        <div className={chosen("forced")}>
          <Forced controls={controls} />
        </div>
      </RadioGroup>
      {type === "forced" ? null : <Workload controls={controls} />}
    </section>
  );
}

/** SSMS's own tick below it opens Next. */
function Forced({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, tell } = controls;
  const { isOffered, words } = forcedOffer(forcedSides(facts, state.startedFrom));
  return (
    <>
      <Radio
        value="forced"
        label={page.forced.word}
        disabled={!isOffered}
        aria-describedby="forced-explained"
      />
      <p id="forced-explained">
        {isOffered ? null : (
          <>
            <LockClosedRegular aria-hidden="true" />{" "}
          </>
        )}
        {words}
      </p>
      <Checkbox
        label={page.forced.understand}
        disabled={state.answers.type !== "forced"}
        aria-describedby="forced-explained"
        checked={state.answers.lossUnderstood}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer: "lossUnderstood", value: checked === true });
        }}
      />
    </>
  );
}

/** A planned failover waits for it; what writes before a forced one is shown with its checks. */
function Workload({ controls: { state, tell } }: { readonly controls: WizardControls }) {
  return (
    <>
      <Checkbox
        label={page.workload.stopped}
        aria-describedby="workload-explained"
        checked={state.answers.workloadStopped}
        onChange={(_event, { checked }) => {
          tell({ kind: "answered", answer: "workloadStopped", value: checked === true });
        }}
      />
      <p id="workload-explained" className="explained">
        {readOnlyInGroup} {page.workload.canWait}
      </p>
    </>
  );
}
