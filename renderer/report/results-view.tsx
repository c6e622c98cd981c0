// Results: what was read back, every step, what is proved, what is not known, and what is still to do.
import { buildReport } from "../../shared/report/build.ts";
import type { Report } from "../../shared/report/build.ts";
import { oldSideOf } from "../../shared/report/later.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { RunLog } from "../run/run-log.ts";
import { StepTable } from "../run/step-table.tsx";
import { durationText } from "../run/step-times.ts";
import { writePause } from "../run/write-pause.ts";
import { text } from "../text.ts";
import { ResultMark } from "../ui/result-mark.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { Verdict } from "../ui/verdict.tsx";
import { ConnectedView } from "./connected-view.tsx";
import { ConnectionStrings } from "./connection-strings.tsx";
import { RowCountsView } from "./row-counts-view.tsx";
import { lossBand, toneOf } from "./tone.ts";
import "./results-view.css";

const words = text.report.results;

export interface ResultsViewProps {
  readonly log: RunLog;
  /** Ms since 1970. */
  readonly now: number;
}

export function ResultsView({ log, now }: ResultsViewProps) {
  const report = buildReport(log.state);
  if (report === undefined) return null;
  return (
    <>
      <Loss report={report} />
      <Verdict
        tone={toneOf(report.outcome)}
        sentence={withShortNames(visibleText(report.verdict), report.plan.instance.serverName)}
        more={pauseWords(report, log)}
      />
      <GivenUp plan={report.plan} />
      <StepTable run={log.state} now={now} />
      <div className="side-by-side">
        <section className="group" aria-label={words.evidence}>
          <h4>{words.evidence}</h4>
          <Sentences title={words.proved} level="passed" said={report.proved} />
          <Sentences title={words.unknown} level="unknown" said={report.unknown} />
          <Sentences title={words.takenBack} level="passed" said={takenBack(report, "succeeded")} />
          <Sentences
            title={words.notTakenBack}
            level="warning"
            said={takenBack(report, "failed")}
          />
          <p className="quiet">{doneBy(report)}</p>
        </section>
        <section className="group" aria-label={words.toDo}>
          <h4>{words.toDo}</h4>
          {report.toDo.length === 0 ? (
            <p className="quiet">{words.nothingToDo}</p>
          ) : (
            <Sentences title="" level="warning" said={report.toDo} />
          )}
        </section>
      </div>
      <ConnectionStrings repoint={report.repoint} />
      <AfterMigration report={report} />
      {oldSideOf(report) === undefined ? null : (
        <>
          <RowCountsView plan={report.plan} runId={report.runId} />
          <ConnectedView plan={report.plan} side={report.plan.from} runId={report.runId} />
        </>
      )}
    </>
  );
}

function Loss({ report }: { readonly report: Report }) {
  const loss = lossBand(report);
  return loss === undefined ? null : (
    <Verdict
      tone="loss"
      sentence={withShortNames(visibleText(loss.sentence), report.plan.instance.serverName)}
      more={visibleText(loss.remedy)}
    />
  );
}

/** Of a forced failover or a repair, as it was stated before and approved; and what was typed where nothing is given up. */
function GivenUp({ plan: { kind, move, loss, reason } }: { readonly plan: Plan }) {
  if (loss === null) {
    return reason === null ? null : <p>{words.confirmed(visibleText(reason))}</p>;
  }
  return (
    <section className="group" aria-label={words.givenUp}>
      <h4>
        {kind !== "repair"
          ? words.stated.forced
          : move === "none"
            ? words.stated.removal
            : words.stated.repair}
      </h4>
      <Sentences title="" level="warning" said={loss} />
      {reason === null ? null : (
        <p>{`${kind === "repair" ? words.reason.repair : words.reason.forced} ${visibleText(reason)}`}</p>
      )}
    </section>
  );
}

function AfterMigration({ report: { afterMigration } }: { readonly report: Report }) {
  if (afterMigration === undefined) return null;
  return (
    <section className="group" aria-label={words.afterMigration}>
      <h4>{words.afterMigration}</h4>
      <ul className="sentences">
        {afterMigration.map(({ sentence, code }) => (
          <li key={sentence}>
            {visibleText(sentence)}
            {code === undefined ? null : (
              <pre className="code-lines">{code.split("\n").map(visibleText).join("\n")}</pre>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function takenBack({ takenBack: told }: Report, which: "succeeded" | "failed"): readonly string[] {
  return told
    .filter(({ outcome }) => (outcome === "succeeded") === (which === "succeeded"))
    .map(({ sentence }) => sentence);
}

interface SentencesProps {
  readonly title: string;
  readonly level: "passed" | "unknown" | "warning";
  readonly said: readonly string[];
}

function Sentences({ title, level, said }: SentencesProps) {
  if (said.length === 0) return null;
  return (
    <>
      {title === "" ? null : <h5>{title}</h5>}
      <ul className="sentences">
        {said.map((sentence) => (
          <li key={sentence}>
            <ResultMark level={level}>{visibleText(sentence)}</ResultMark>
          </li>
        ))}
      </ul>
    </>
  );
}

/** An upper bound: nobody looks in the very moment in which the new primary accepts its first write. */
function pauseWords({ plan }: Report, log: RunLog): string | undefined {
  const pause = writePause(plan, log.events);
  if (pause === undefined) return undefined;
  return words.pause(durationText(pause.ms), clock(pause.from), clock(pause.to));
}

function clock(iso: string): string {
  return iso.slice(11, 21);
}

function doneBy({ operator, toolHost, started, ended }: Report): string {
  const until = ended === undefined ? words.noEnd : words.ended(ended.utc);
  return visibleText(words.doneBy(operator, toolHost, { started: started.utc, until }));
}
