// Findings as a short list: what was found, and what to do.
import type { Finding } from "../../shared/checks/finding.ts";
import { ExplainFinding } from "../help/explain-finding.tsx";
import { visibleText } from "../../shared/visible-text.ts";
import { ResultMark } from "../ui/result-mark.tsx";

export interface FindingsListProps {
  readonly title: string;
  /** Nothing is shown where there is none. */
  readonly findings: readonly Finding[];
}

export function FindingsList({ title, findings }: FindingsListProps) {
  if (findings.length === 0) return null;
  return (
    <section className="group" role="status" aria-label={title}>
      <h4>{title}</h4>
      <ul className="sentences">
        {findings.map((finding) => (
          <li key={finding.summary}>
            <ResultMark level={finding.level}>
              {visibleText(`${finding.summary} ${finding.remedy}`)}
            </ResultMark>
            <ExplainFinding finding={finding} />
          </li>
        ))}
      </ul>
    </section>
  );
}
