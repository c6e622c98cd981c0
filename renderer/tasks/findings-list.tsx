// Findings as a short list: what was found, and what to do.
import type { Finding } from "../../shared/checks/finding.ts";
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
        {findings.map(({ level, summary, remedy }) => (
          <li key={summary}>
            <ResultMark level={level}>{visibleText(`${summary} ${remedy}`)}</ResultMark>
          </li>
        ))}
      </ul>
    </section>
  );
}
