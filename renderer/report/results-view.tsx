// Results: what was read back, every step, what is proved, what is not known, and what is still to do.
import { buildReport } from "../../shared/report/build.ts";
import type { Report } from "../../shared/report/build.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { RunLog } from "../run/run-log.ts";
import { StepTable } from "../run/step-table.tsx";
import { durationText } from "../run/step-times.ts";
import { writePause } from "../run/write-pause.ts";
import { ResultMark } from "../ui/result-mark.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { Verdict } from "../ui/verdict.tsx";
import { ConnectionStrings } from "./connection-strings.tsx";
import { RowCountsView } from "./row-counts-view.tsx";
import { lossBand, toneOf } from "./tone.ts";
import "./results-view.css";

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
        <section className="group" aria-label="Evidence">
          <h4>Evidence</h4>
          <Sentences
            title="Proved, read back from the servers"
            level="passed"
            said={report.proved}
          />
          <Sentences title="Unknown" level="unknown" said={report.unknown} />
          <Sentences title="Taken back" level="passed" said={takenBack(report, "succeeded")} />
          <Sentences title="Not taken back" level="warning" said={takenBack(report, "failed")} />
          <p className="quiet">{doneBy(report)}</p>
        </section>
        <section className="group" aria-label="Still to do">
          <h4>Still to do</h4>
          {report.toDo.length === 0 ? (
            <p className="quiet">Nothing that this run knows of.</p>
          ) : (
            <Sentences title="" level="warning" said={report.toDo} />
          )}
        </section>
      </div>
      <ConnectionStrings repoint={report.repoint} />
      <AfterMigration report={report} />
      {report.plan.kind === "plannedFailover" ? <RowCountsView plan={report.plan} /> : null}
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
    return reason === null ? null : <p>{`What was confirmed: ${visibleText(reason)}`}</p>;
  }
  return (
    <section className="group" aria-label="What was given up">
      <h4>
        {kind !== "repair"
          ? "What was given up, as stated before"
          : move === "none"
            ? "What the removal means, as stated before"
            : "What the repair gives up, as stated before"}
      </h4>
      <Sentences title="" level="warning" said={loss} />
      {reason === null ? null : (
        <p>{`${kind === "repair" ? "Why nobody could write there:" : "Forced all the same, because:"} ${visibleText(reason)}`}</p>
      )}
    </section>
  );
}

function AfterMigration({ report: { afterMigration } }: { readonly report: Report }) {
  if (afterMigration === undefined) return null;
  return (
    <section className="group" aria-label="After the migration">
      <h4>After the migration</h4>
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
  return `No writes were possible for at most ${durationText(pause.ms)}, from ${clock(pause.from)} to ${clock(pause.to)} UTC.`;
}

function clock(iso: string): string {
  return iso.slice(11, 21);
}

function doneBy({ operator, toolHost, started, ended }: Report): string {
  const until = ended === undefined ? "no end on disk" : `ended ${ended.utc}`;
  return visibleText(`Done by ${operator} on ${toolHost}, started ${started.utc}, ${until}.`);
}
