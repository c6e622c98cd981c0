// Count rows on both sides: asked for by hand, per database of the plan, side by side with what the numbers are.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import { pairOfPlan } from "../../shared/estate/pair.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { RowCounts, RowVerdict } from "../../shared/rows/row-counts.ts";
import { comparedTables, rowNotes, rowVerdict } from "../../shared/rows/row-counts.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask } from "../api.ts";
import { useConnections } from "../shell/use-connections.ts";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { shortName } from "../ui/short-name.ts";

const words = text.report.rows;

type Counting =
  | { readonly kind: "notAsked" | "counting" }
  | { readonly kind: "counted"; readonly counts: readonly RowCounts[] }
  | { readonly kind: "failed"; readonly problem: Problem };

export interface RowCountsViewProps {
  readonly plan: Plan;
  /** The run that the numbers are kept with. */
  readonly runId: string;
}

export function RowCountsView({ plan, runId }: RowCountsViewProps) {
  const [state, setState] = useState<Counting>({ kind: "notAsked" });
  const pair = pairOfPlan(useConnections(), plan);
  const isCounting = state.kind === "counting";
  const count = async () => {
    setState({ kind: "counting" });
    setState(await counted(plan.link.databases, { pair, runId }));
  };
  return (
    <section className="group" aria-label={words.title}>
      <h4>{words.title}</h4>
      <Button
        size="small"
        disabledFocusable={isCounting}
        icon={isCounting ? <Spinner size="extra-tiny" /> : undefined}
        onClick={() => {
          if (!isCounting) void count();
        }}
      >
        {words.count}
      </Button>
      <div role="status">
        {state.kind === "failed" ? <ProblemView problem={state.problem} /> : null}
        {state.kind === "counted"
          ? state.counts.map((one) => <Counts key={one.database} plan={plan} counts={one} />)
          : null}
      </div>
    </section>
  );
}

async function counted(
  databases: readonly string[],
  kept: { readonly pair: Pair; readonly runId: string },
): Promise<Counting> {
  const counts: RowCounts[] = [];
  for (const database of databases) {
    const answer = await ask("rows.count", { ...kept, database });
    if (!answer.ok) return { kind: "failed", problem: answer.error };
    counts.push(answer.value);
  }
  return { kind: "counted", counts };
}

const levels = {
  same: "passed",
  different: "warning",
  unknown: "unknown",
} as const satisfies Record<RowVerdict["kind"], string>;

function Counts({ plan, counts }: { readonly plan: Plan; readonly counts: RowCounts }) {
  const { kind, sentence } = rowVerdict(counts);
  return (
    <>
      <ResultMark level={levels[kind]}>{visibleText(sentence)}</ResultMark>
      <table className="grid" aria-label={words.of(visibleText(counts.database))}>
        <thead>
          <tr>
            <th scope="col">{words.table}</th>
            <th scope="col" className="number">
              {visibleText(shortName("box", plan.box.serverName))}
            </th>
            <th scope="col" className="number">
              {visibleText(shortName("instance", plan.instance.serverName))}
            </th>
          </tr>
        </thead>
        <tbody>
          {comparedTables(counts).map(({ table, box, instance }) => (
            <tr key={table}>
              <td>{visibleText(table)}</td>
              <td className="number">{rowsText(box)}</td>
              <td className="number">{rowsText(instance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rowNotes(counts).map((note) => (
        <p key={note} className="quiet">
          {visibleText(note)}
        </p>
      ))}
    </>
  );
}

function rowsText(rows: number | null): string {
  return rows === null ? words.notTold : String(rows);
}
