// The readiness assessment as a Markdown file: what Export saves.
import type { Finding } from "../../shared/checks/finding.ts";
import { markdownText as md } from "../../shared/report/markdown-text.ts";
import { text } from "../text.ts";
import { checkTitle } from "../../shared/help/check-help.ts";

/** `at` is ms since 1970. Ends with a line break. */
export function findingsText(linkName: string, findings: readonly Finding[], at: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  const rows = findings.map((finding) =>
    [
      md(checkTitle(finding.check)),
      md(finding.server === "" ? "both" : finding.server),
      text.ui.results[finding.level],
      md([finding.summary, finding.remedy].filter((part) => part !== "").join(" ")),
    ].join(" | "),
  );
  return [
    `# Failover readiness of ${md(linkName)}`,
    "",
    `Read at ${time} UTC.`,
    "",
    "| Validation | Where | Result | Seen, and what to do |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}
