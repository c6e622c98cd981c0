// What a tested connection says of each layer: passed, failed with what to do, or not reached.
import type { LayerResult } from "../../shared/connect/layers.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ExplainProblem } from "../help/explain-problem.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { testWords as words } from "../text/connection-test.ts";
import "./layers.css";

export interface LayerViewProps<L extends string> {
  readonly results: readonly LayerResult<L>[];
  readonly names: Readonly<Record<L, string>>;
}

export function LayerView<L extends string>({ results, names }: LayerViewProps<L>) {
  return (
    <ul className="layers" aria-label={words.list} role="list">
      {results.map((result) => (
        <li key={result.layer} aria-label={`${names[result.layer]}: ${outcome(result)}`}>
          <b>{names[result.layer]}</b>
          <Outcome result={result} />
        </li>
      ))}
    </ul>
  );
}

function outcome({ outcome }: LayerResult<string>): string {
  return words.outcomes[outcome];
}

function Outcome({ result }: { readonly result: LayerResult<string> }) {
  switch (result.outcome) {
    case "passed":
      return <ResultMark level="passed">{visibleText(result.sentence)}</ResultMark>;
    case "notReached":
      return <ResultMark level="unknown">{words.outcomes.notReached}</ResultMark>;
    case "failed":
      return (
        <div>
          {result.problems.map((problem) => (
            <div key={problem.summary}>
              <ResultMark level="failed">
                {visibleText(problem.summary)}
                <ExplainProblem problem={problem} />
              </ResultMark>
              <p>{visibleText(problem.remedy)}</p>
            </div>
          ))}
        </div>
      );
  }
}
