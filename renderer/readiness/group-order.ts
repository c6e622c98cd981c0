// Findings in the order in which they are shown: what wants to be looked at first, and a line that counts it. Pure.
import type { Finding, FindingLevel } from "../../shared/checks/finding.ts";
import type { AssessmentGroup } from "../../shared/readiness/assess.ts";

const order: readonly FindingLevel[] = ["failed", "warning", "unknown", "waits", "passed"];

/** In the order of how grave they are; within it as they were found. */
export function gravestFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
}

/** Groups in which all passed come last; the others stay in their order. */
export function passedLast(groups: readonly AssessmentGroup[]): readonly AssessmentGroup[] {
  const hasPassed = ({ findings }: AssessmentGroup) =>
    findings.every(({ level }) => level === "passed");
  return [...groups].sort((one, other) => Number(hasPassed(one)) - Number(hasPassed(other)));
}

const words: Readonly<Record<Exclude<FindingLevel, "passed">, readonly [string, string]>> = {
  failed: ["failed", "failed"],
  warning: ["warning", "warnings"],
  unknown: ["unknown", "unknown"],
  waits: ["waits", "wait"],
};

/** '2 warnings, 1 unknown', or 'Ready' where all passed. */
export function tallyOf(findings: readonly Finding[]): string {
  const parts = (["failed", "warning", "unknown", "waits"] as const).flatMap((level) => {
    const count = findings.filter((one) => one.level === level).length;
    const [one, many] = words[level];
    return count === 0 ? [] : [`${String(count)} ${count === 1 ? one : many}`];
  });
  return parts.length === 0 ? "Ready" : parts.join(", ");
}
