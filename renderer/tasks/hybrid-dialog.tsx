// The window Hybrid failover benefit: what Azure holds now, what stands in the way, the tick, the plan, the run and its results.
import { Button, Checkbox } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Answer, RequestOutput } from "../../shared/ipc.ts";
import type { Estate } from "../../shared/estate/estate.ts";
import { azureOf } from "../../shared/estate/link-in-azure.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import { passiveConfirmation } from "../../shared/hybrid/build.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask } from "../api.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { ScriptButton } from "../wizard/foot-extra.tsx";
import { FindingsList } from "./findings-list.tsx";
import { hybridFacts, hybridLocks } from "./hybrid-facts.ts";
import { TaskPlan } from "./task-plan.tsx";
import { TaskWindow } from "./task-window.tsx";
import { useTaskRun } from "./use-task-run.ts";

const words = text.tasks.hybrid;

export interface HybridDialogProps {
  readonly linkName: string;
  readonly pair: Pair;
  readonly estate: Estate;
  readonly isSignedIn: boolean;
  /** The page was loaded anew: the run is shown, or its end. */
  readonly isComingBack: boolean;
  readonly onSignIn: () => void;
  readonly onClose: () => void;
}

export function HybridDialog(props: HybridDialogProps) {
  const { linkName, pair, estate, isSignedIn, isComingBack, onSignIn, onClose } = props;
  const task = useTaskRun(isComingBack);
  const [isConfirmed, setConfirmed] = useState(false);
  const facts = hybridFacts(estate);
  const { wanted } = facts;
  const azure = azureOf(estate);
  const answer = usePlan({
    linkName,
    pair,
    wanted,
    isConfirmed,
    news: JSON.stringify(facts),
    readAt: azure.kind === "seen" ? azure.at : "",
  });
  const findings = answer?.ok === true ? answer.value.findings : [];
  const locks = hybridLocks(findings);
  const said = (answer?.ok === true ? answer.value.plan : null) ?? undefined;
  const isOpenToTick = answer?.ok === true && locks.length === 0;
  return (
    <TaskWindow
      title={words.title}
      task={task}
      onClose={onClose}
      actions={
        <>
          {isSignedIn ? null : (
            <Button size="small" onClick={once(onSignIn)}>
              {words.signIn}
            </Button>
          )}
          <span id="task-note" className="task-note quiet">
            {isOpenToTick && wanted === "Passive" && !isConfirmed ? words.tickFirst : null}
          </span>
          {said === undefined ? null : (
            <ScriptButton word={text.report.script.word} planHash={said.hash} />
          )}
          <Button
            size="small"
            appearance="primary"
            disabledFocusable={said === undefined || task.isUnderWay}
            aria-describedby="task-note"
            onClick={once(() => {
              if (said !== undefined) task.start(said.hash);
            })}
          >
            {words.set(wanted)}
          </Button>
        </>
      }
    >
      <p>{words.lead(linkName)}</p>
      <Now facts={facts} />
      {answer?.ok === false ? <ProblemView problem={answer.error} /> : null}
      <FindingsList title={words.locked} findings={locks} />
      <FindingsList
        title={words.warnings}
        findings={findings.filter(({ level }) => level === "warning")}
      />
      {wanted === "Passive" ? (
        <Checkbox
          label={passiveConfirmation}
          checked={isConfirmed}
          disabled={!isOpenToTick && !isConfirmed}
          onChange={(_event, { checked }) => {
            setConfirmed(checked === true);
          }}
        />
      ) : (
        <p>{words.toActive}</p>
      )}
      {said === undefined ? null : <TaskPlan plan={said.plan} />}
      <p className="quiet">{words.help}</p>
    </TaskWindow>
  );
}

function Now({ facts }: { readonly facts: ReturnType<typeof hybridFacts> }) {
  const { instance, state, usage, detected } = facts;
  if (instance === undefined) return null;
  const rows = [
    [words.instance, instance],
    [words.state, state],
    [words.usage, usage],
    [words.detected, detected],
  ] as const;
  return (
    <section className="group" aria-label={words.now}>
      <h4>{words.now}</h4>
      <dl className="task-facts">
        {rows.map(([name, value]) => (
          <div key={name} className="task-fact">
            <dt>{name}</dt>
            <dd>{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Planned = Answer<RequestOutput<"plan.make">>;

interface PlanWanted {
  readonly linkName: string;
  readonly pair: Pair;
  readonly wanted: "Active" | "Passive";
  readonly isConfirmed: boolean;
  /** What Azure tells now: another answer to it is another plan. */
  readonly news: string;
  /** When Azure was read last. */
  readonly readAt: string;
}

/**
 * The newest answer for these very choices; asked anew with every other one, and when Azure tells something else. While something
 * stands in the way with every reading: it may have come and gone between two of them.
 */
function usePlan(props: PlanWanted): Planned | undefined {
  const { linkName, pair, wanted, isConfirmed, news, readAt } = props;
  const { box, instance } = pair;
  const [heard, setHeard] = useState<{ readonly of: string; readonly answer: Planned }>();
  const of = JSON.stringify([linkName, box, instance, wanted, isConfirmed]);
  const isLocked = heard?.answer.ok === true && hybridLocks(heard.answer.value.findings).length > 0;
  const asOf = isLocked ? readAt : "";
  useEffect(() => {
    let isCurrent = true;
    const choices = {
      kind: "hybridBenefit",
      linkName,
      usage: wanted,
      isPassiveConfirmed: isConfirmed,
    } as const;
    void ask("plan.make", { pair: { box, instance }, choices }).then((answer) => {
      if (isCurrent) setHeard({ of, answer });
    });
    return () => {
      isCurrent = false;
    };
  }, [linkName, box, instance, wanted, isConfirmed, news, of, asOf]);
  return heard?.of === of ? heard.answer : undefined;
}
