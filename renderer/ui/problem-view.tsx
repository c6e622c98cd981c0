// A problem as every screen shows it: the summary, what to do, and the server's own words whole.
import { WarningFilled } from "@fluentui/react-icons";
import type { Problem } from "../../shared/errors/app-error.ts";
import { ExplainProblem } from "../help/explain-problem.tsx";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import "./problem-view.css";

export function ProblemView({ problem }: { readonly problem: Problem }) {
  const detail = problem.detail ?? "";
  return (
    <div className="problem" role="alert">
      <WarningFilled className="problem-icon" aria-hidden="true" />
      <div className="problem-text">
        <b>
          {visibleText(problem.summary)}
          <ExplainProblem problem={problem} />
        </b>
        <span>{visibleText(problem.remedy)}</span>
        {detail === "" ? null : (
          // Long words scroll, and the keyboard must get there.
          <pre tabIndex={0} role="region" aria-label={text.ownWords}>
            {detail.split("\n").map(visibleText).join("\n")}
          </pre>
        )}
      </div>
    </div>
  );
}
