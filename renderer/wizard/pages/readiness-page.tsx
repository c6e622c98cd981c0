// Failover Readiness Assessment: the gate or the watch of a forced failover live, every check with its finding, and who writes.
import { Button, Checkbox, Spinner } from "@fluentui/react-components";
import { ArrowClockwiseRegular, SaveRegular } from "@fluentui/react-icons";
import type { Finding, FindingLevel } from "../../../shared/checks/finding.ts";
import { visibleText } from "../../../shared/visible-text.ts";
import { useSave } from "../../report/use-save.tsx";
import { text } from "../../text.ts";
import { ageText } from "../../ui/age-text.ts";
import { ProblemView } from "../../ui/problem-view.tsx";
import { ResultMark } from "../../ui/result-mark.tsx";
import { shortName } from "../../ui/short-name.ts";
import { withShortNames } from "../../ui/short-names.ts";
import { findingsText } from "../findings-text.ts";
import { isForced } from "../forced-type.ts";
import { GateBand } from "../gate-band.tsx";
import { TargetBand } from "../target-band.tsx";
import { tallyOf } from "../tally.ts";
import type { WizardControls } from "../use-wizard.ts";
import { ExplainFinding } from "../../help/explain-finding.tsx";
import { checkTitle } from "../../../shared/help/check-help.ts";
import { WritingSessions } from "../writing-sessions.tsx";
import "./readiness-page.css";

const page = text.wizard.page.readiness;

export function ReadinessPage({ controls }: { readonly controls: WizardControls }) {
  const { state, now } = controls;
  const { answer, problem, ticket } = state.readiness;
  return (
    <>
      {isForced(state) ? (
        <TargetBand controls={controls} />
      ) : (
        <>
          <GateBand controls={controls} />
          <UnprovedTick controls={controls} />
        </>
      )}
      <Bar controls={controls} />
      {problem === undefined ? null : <ProblemView problem={problem} />}
      {answer === undefined ? (
        ticket === undefined ? null : (
          <Spinner size="extra-tiny" label={page.reading} />
        )
      ) : (
        <Findings
          findings={answer.findings}
          age={ageText(now - answer.atMs)}
          instanceName={controls.facts.instance.serverName}
        />
      )}
      <WritingSessions controls={controls} />
    </>
  );
}

function Bar({ controls }: { readonly controls: WizardControls }) {
  const { state, readAgain } = controls;
  const { answer, ticket } = state.readiness;
  const { save, view } = useSave();
  return (
    <div className="bar">
      <h4>{text.ui.checks}</h4>
      <Tally findings={answer?.findings ?? []} />
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowClockwiseRegular />}
        disabledFocusable={ticket !== undefined}
        onClick={readAgain}
      >
        {page.runAgain}
      </Button>
      <Button
        size="small"
        appearance="subtle"
        icon={<SaveRegular />}
        disabledFocusable={answer === undefined}
        onClick={() => {
          if (answer === undefined) return;
          save({
            suggestedName: "failover-readiness.md",
            text: findingsText(state.linkName, answer.findings, answer.atMs),
          });
        }}
      >
        {page.export}
      </Button>
      {view}
    </div>
  );
}

const levels: readonly FindingLevel[] = ["passed", "warning", "waits", "unknown", "failed"];

function Tally({ findings }: { readonly findings: readonly Finding[] }) {
  const tally = tallyOf(findings);
  return (
    <span className="tally">
      {levels
        .filter((level) => level !== "waits" || tally[level] > 0)
        .map((level) =>
          tally[level] === 0 ? (
            <span key={level} className="quiet">{`0 ${words[level](0)}`}</span>
          ) : (
            <ResultMark key={level} level={level}>
              {`${String(tally[level])} ${words[level](tally[level])}`}
            </ResultMark>
          ),
        )}
    </span>
  );
}

const words: Readonly<Record<FindingLevel, (count: number) => string>> = page.tally;

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly age: string;
  readonly instanceName: string;
}

/** Every check with its result, what was seen and what to do. */
export function Findings({ findings, age, instanceName }: FindingsProps) {
  return (
    <table className="grid findings" aria-label={text.ui.checks}>
      <thead>
        <tr>
          <th scope="col">{page.columns.check}</th>
          <th scope="col">{page.columns.where}</th>
          <th scope="col">{page.columns.result}</th>
          <th scope="col">{page.columns.seen}</th>
          <th scope="col" className="number">
            {page.columns.age}
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding, index) => (
          <tr key={`${finding.check} ${finding.where} ${String(index)}`}>
            <td>
              {checkTitle(finding.check)}
              <ExplainFinding finding={finding} />
            </td>
            <td className="quiet">{placeWords(finding)}</td>
            <td>
              <ResultMark level={finding.level} />
            </td>
            <td>
              {withShortNames(visibleText(finding.summary), instanceName)}{" "}
              {visibleText(finding.remedy)}
            </td>
            <td className="number quiet">{age}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function placeWords({ where, server }: Finding): string {
  if (where === "both" || server === "") return page.both;
  return visibleText(shortName(where, server));
}

/** The last way through the gate; asked only where nothing else is left. */
function UnprovedTick({ controls: { state, tell } }: { readonly controls: WizardControls }) {
  const { acceptUnproved } = state.answers;
  if (!acceptUnproved && state.gate?.onlyTickLeft !== true) return null;
  return (
    <Checkbox
      label={page.unproved}
      checked={acceptUnproved}
      onChange={(_event, { checked }) => {
        tell({ kind: "answered", answer: "acceptUnproved", value: checked === true });
      }}
    />
  );
}
