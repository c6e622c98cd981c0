// Executing actions: what the run does now, every step with its clock, what both sides say, and what Stop would do.
import { ProgressBar } from "@fluentui/react-components";
import type { Problem } from "../../shared/errors/app-error.ts";
import { actionForm } from "../../shared/plan/actions/all.ts";
import type { RunState } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { BothSides } from "./both-sides.tsx";
import type { BothSidesProps } from "./both-sides.tsx";
import { Messages } from "./messages-view.tsx";
import type { RunLog } from "./run-log.ts";
import { currentStep, stepTakenBack } from "./step-rows.ts";
import { StepTable } from "./step-table.tsx";
import { clockText, workedMs } from "./step-times.ts";
import { stopMeaning } from "./stop-meaning.ts";
import "./run-view.css";

const words = text.run;

export interface RunViewProps {
  readonly log: RunLog;
  readonly roles: BothSidesProps["roles"];
  /** Ms since 1970. */
  readonly now: number;
  /** Why Stop could not be asked for. */
  readonly problem: Problem | undefined;
}

export function RunView({ log, roles, now, problem }: RunViewProps) {
  const run = log.state;
  return (
    <>
      <NowBox run={run} now={now} />
      {problem === undefined ? null : <ProblemView problem={problem} />}
      <StepTable run={run} now={now} />
      <div className="side-by-side">
        <BothSides run={run} roles={roles} now={now} />
        <IfYouStop run={run} />
      </div>
      <Messages log={log} />
    </>
  );
}

function NowBox({ run, now }: { readonly run: RunState; readonly now: number }) {
  const { started, steps } = run;
  const working = currentStep(run);
  const done = steps.filter(({ phase }) => phase.kind === "ended").length;
  const count = String(steps.length);
  const number = working === undefined ? done : steps.indexOf(working) + 1;
  const title = visibleText(working?.step.title ?? words.reading);
  const stepMs = working === undefined ? null : workedMs(working, now);
  return (
    <section className="now-box" aria-label={words.now}>
      <div>
        <b>{words.step(number, count, title)}</b>
        <span>
          {started === undefined || working === undefined
            ? betweenSteps(run)
            : withShortNames(
                visibleText(actionForm(working.step.action, started.plan).sentence),
                started.plan.instance.serverName,
              )}
        </span>
      </div>
      <Clock label={words.clocks.step} ms={stepMs} />
      <Clock
        label={words.clocks.run}
        ms={started === undefined ? null : now - Date.parse(started.at)}
      />
      <ProgressBar
        className="now-bar"
        value={steps.length === 0 ? 0 : done / steps.length}
        thickness="large"
        aria-label={words.done(done, count)}
      />
    </section>
  );
}

function betweenSteps(run: RunState): string {
  const undoing = stepTakenBack(run);
  return undoing === undefined ? words.between : visibleText(words.takenBack(undoing.step.title));
}

function Clock({ label, ms }: { readonly label: string; readonly ms: number | null }) {
  return (
    <div className="clock">
      <span>{label}</span>
      <b>{ms === null ? "-" : clockText(ms)}</b>
    </div>
  );
}

function IfYouStop({ run }: { readonly run: RunState }) {
  const meaning = stopMeaning(run);
  return (
    <section className="group" aria-label={words.ifYouStop}>
      <h4>{words.ifYouStop}</h4>
      <p id="if-you-stop">
        {run.stopRequestedAt === null ? null : <b>{words.stopWasAsked} </b>}
        {meaning === undefined ? (
          words.nothingToStop
        ) : (
          <>
            <b>{meaning.heading}</b> {meaning.text}
          </>
        )}
      </p>
    </section>
  );
}
