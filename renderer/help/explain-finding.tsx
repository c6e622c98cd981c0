// Beside a finding that somebody has to do something about: its check explained. What is ready is found in the help.
import type { Finding } from "../../shared/checks/finding.ts";
import { checkTitle } from "../../shared/help/check-help.ts";
import { ExplainButton } from "./explain-button.tsx";

export function ExplainFinding({ finding }: { readonly finding: Finding }) {
  const { check, level } = finding;
  if (level === "passed") return null;
  return <ExplainButton topic={`check:${check}`} of={checkTitle(check)} />;
}
