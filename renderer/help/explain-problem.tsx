// Beside a problem, whichever it is: what it means for the work, from the help or from itself.
import type { Problem } from "../../shared/errors/app-error.ts";
import { topicOf } from "../../shared/help/topics.ts";
import { ExplainButton } from "./explain-button.tsx";

export function ExplainProblem({ problem }: { readonly problem: Problem }) {
  return <ExplainButton topic={topicOf(problem)} of={problem.code} />;
}
