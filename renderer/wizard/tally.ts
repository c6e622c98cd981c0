// How many findings there are of each level.
import type { Finding, FindingLevel } from "../../shared/checks/finding.ts";

export function tallyOf(findings: readonly Finding[]): Readonly<Record<FindingLevel, number>> {
  const count = (level: FindingLevel): number =>
    findings.filter((finding) => finding.level === level).length;
  return {
    passed: count("passed"),
    warning: count("warning"),
    failed: count("failed"),
    unknown: count("unknown"),
    waits: count("waits"),
  };
}
