// The readiness assessment: every check of a failover, and of what no link carries, in groups with one verdict. Pure.
import { checkAll } from "../checks/all.ts";
import type { Finding } from "../checks/finding.ts";
import type { Side } from "../estate/estate.ts";
import { nameOf } from "../estate/name-of.ts";
import type { Environment } from "../plan/plan.ts";
import { azureRights } from "./checks/azure-rights.ts";
import { collation } from "./checks/collation.ts";
import { jobs } from "./checks/jobs.ts";
import { logUse } from "./checks/log-use.ts";
import { logins } from "./checks/logins.ts";
import { credentials, linkedServers } from "./checks/named-objects.ts";
import { space } from "./checks/space.ts";
import { groupOf, groupTitles } from "./groups.ts";
import type { ReadinessCheck, ReadinessInput } from "./input.ts";

export interface AssessmentGroup {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export interface Assessment {
  readonly linkName: string;
  readonly environment: Environment;
  /** Who is to become primary. */
  readonly to: Side;
  /** This tool's clock, ISO 8601 UTC. */
  readonly at: string;
  readonly servers: Readonly<Record<Side, AssessedServer>>;
  readonly verdict: Verdict;
  readonly groups: readonly AssessmentGroup[];
}

export interface AssessedServer {
  readonly name: string;
  /** Its own clock, with its zone; null where it was not read. */
  readonly serverTime: string | null;
}

export interface Verdict {
  /** `notReady`: something stands in the way of a run. `look`: nothing does, and something is to be looked at. */
  readonly kind: "ready" | "look" | "notReady";
  readonly sentence: string;
}

const checks: readonly ReadinessCheck[] = [
  azureRights,
  collation,
  logUse,
  space,
  logins,
  jobs,
  linkedServers,
  credentials,
];

export function assess(
  input: ReadinessInput,
  { environment, at }: { readonly environment: Environment; readonly at: string },
): Assessment {
  const findings = [...checkAll(input), ...checks.flatMap((check) => check(input))];
  const groups = groupTitles.map((title) => ({
    title,
    findings: findings.filter(({ check }) => groupOf(check) === title),
  }));
  return {
    linkName: input.link.name,
    environment,
    to: input.choices.to,
    at,
    servers: { box: serverOf(input, "box"), instance: serverOf(input, "instance") },
    verdict: verdictOf(findings),
    groups: groups.filter((group) => group.findings.length > 0),
  };
}

function serverOf({ estate }: ReadinessInput, side: Side): AssessedServer {
  const reading = estate[side];
  return {
    name: nameOf(reading),
    serverTime: reading.kind === "seen" ? reading.facts.server.serverTime : null,
  };
}

export function findingsOf({ groups }: Pick<Assessment, "groups">): readonly Finding[] {
  return groups.flatMap(({ findings }) => findings);
}

/** The verdict first, in one sentence. */
function verdictOf(findings: readonly Finding[]): Verdict {
  const count = (are: (finding: Finding) => boolean) => findings.filter(are).length;
  const inTheWay = count(({ blocks }) => blocks);
  const parts = [
    counted(
      count(({ level }) => level === "warning"),
      "warning",
      "warnings",
    ),
    counted(
      count(({ level, blocks }) => level === "unknown" && !blocks),
      "answer that could not be had",
      "answers that could not be had",
    ),
    counted(
      count(({ level }) => level === "waits"),
      "thing that a run waits for",
      "things that a run waits for",
    ),
  ].filter((part) => part !== "");
  const rest = parts.join(", ");
  if (inTheWay > 0) {
    const said = `Not ready: ${counted(inTheWay, "finding stands", "findings stand")} in the way of a failover.`;
    return { kind: "notReady", sentence: rest === "" ? said : `${said} Besides: ${rest}.` };
  }
  return rest === ""
    ? { kind: "ready", sentence: "Ready: every check passed." }
    : { kind: "look", sentence: `Nothing stands in the way of a failover. To look at: ${rest}.` };
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${String(count)} ${count === 1 ? one : many}`;
}
