// Reads both sides, finds the link, runs the checks and builds the plan: the same way for every command and again before a run.
import { checkAll } from "../../shared/checks/all.ts";
import type { Finding } from "../../shared/checks/finding.ts";
import type { Choices, PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import type { FoundLinks } from "../../shared/estate/find-links.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link, LinkEnd } from "../../shared/estate/link.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import { gateAfter } from "../../shared/gate/gate.ts";
import type { GateQuestion } from "../../shared/gate/question.ts";
import { buildPlan } from "../../shared/plan/build.ts";
import type { Environment, Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { readEstate } from "../estate/read.ts";
import type { EstateSources } from "../estate/read.ts";
import { readGate } from "../estate/read-gate.ts";
import type { SqlSession } from "../sql/session.ts";
import type { Clock } from "./clock.ts";
import { planHash } from "./plan-hash.ts";

export interface PlanRequest {
  /** Undefined: the only link there is. */
  readonly linkName: string | undefined;
  /** `to` undefined: the other side than the one that is primary. */
  readonly choices: Omit<PlannedFailoverChoices, "linkName" | "to"> & {
    readonly to: Side | undefined;
  };
  readonly environment: Environment;
}

export interface LinkOfEstate {
  readonly estate: Estate;
  readonly link: Link;
  readonly choices: Choices;
}

/** `hash` and `plan` are absent when a finding stands in the way. */
export type Planning = LinkOfEstate & {
  readonly findings: readonly Finding[];
  readonly approved: { readonly plan: Plan; readonly hash: string } | undefined;
};

/** Throws AppError `noSuchLink`, `linkNotNamed` or `linksNotSeen`. */
export async function readLinkOfEstate(
  sources: EstateSources,
  request: PlanRequest,
  clock: Clock,
  signal?: AbortSignal,
): Promise<LinkOfEstate> {
  const estate = await readEstate(sources, clock, signal);
  const link = pickLinkOf(estate, request.linkName);
  const to = request.choices.to ?? awayFromPrimary(link);
  return { estate, link, choices: { ...request.choices, linkName: link.name, to } };
}

/** `gate` is what somebody has seen through the gate so far, where they have. */
export function planFor(seen: LinkOfEstate, environment: Environment, gate?: GateState): Planning {
  const findings = checkAll({ ...seen, ...(gate === undefined ? {} : { gate }) });
  const answer = buildPlan({ ...seen, environment, findings });
  if (answer.kind === "refused") {
    const known = new Set(findings);
    const added = answer.findings.filter((finding) => !known.has(finding));
    return { ...seen, findings: [...findings, ...added], approved: undefined };
  }
  const { plan } = answer;
  return { ...seen, findings, approved: { plan, hash: planHash(plan) } };
}

/** One look through the gate, for the checks. Undefined while one side does not answer. */
export async function lookThroughGate(
  sessions: Readonly<Record<Side, SqlSession>>,
  seen: LinkOfEstate,
  clock: Clock,
  signal?: AbortSignal,
): Promise<GateState | undefined> {
  const question = gateQuestionOf(seen);
  if (question === undefined) return undefined;
  const reading = await readGate(sessions, question, clock, signal);
  return gateAfter(undefined, reading, seen.choices.gate, question);
}

/** What the gate is asked about for these choices. Undefined while one side does not answer. */
export function gateQuestionOf({ estate, link, choices }: LinkOfEstate): GateQuestion | undefined {
  if (estate.box.kind !== "seen" || estate.instance.kind !== "seen") return undefined;
  return {
    linkName: link.name,
    databases: link.databases,
    primary: choices.to === "box" ? "instance" : "box",
    serverNames: {
      box: estate.box.facts.server.serverName,
      instance: estate.instance.facts.server.serverName,
    },
  };
}

/** `name` undefined: the only link there is. Throws AppError `noSuchLink`, `linkNotNamed` or `linksNotSeen`. */
export function pickLinkOf(estate: Estate, name: string | undefined): Link {
  return pickLink(estate, findLinks(estate), name);
}

/** Where nobody or both say PRIMARY the direction of a first failover is taken; the checks then say what is wrong. */
function awayFromPrimary({ box, instance }: Link): Side {
  const isPrimary = (end: LinkEnd): boolean => end.kind === "seen" && end.role === "PRIMARY";
  return isPrimary(instance) && !isPrimary(box) ? "box" : "instance";
}

function pickLink(estate: Estate, found: FoundLinks, name: string | undefined): Link {
  const { links, cannotSay } = found;
  const named = name === undefined ? links : links.filter((link) => link.name === name);
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return only;
  const where = `${addressOf(estate, "box")} and ${addressOf(estate, "instance")}`;
  const names = [...new Set(links.map((link) => visibleText(link.name)))].join(", ");
  if (only !== undefined) throw new AppError(notNamed(where, names));
  if (cannotSay.length > 0) throw new AppError(notSeen(cannotSay.map((one) => one.because)));
  throw new AppError(noSuchLink(where, names, name));
}

function notNamed(where: string, names: string): Problem {
  return {
    code: "linkNotNamed",
    class: "block",
    summary: `${where} share several links: ${names}.`,
    remedy: "Say which one with --link.",
  };
}

function notSeen(because: readonly string[]): Problem {
  return {
    code: "linksNotSeen",
    class: "block",
    summary: `Whether there is such a link cannot be said. ${because.join(" ")}`,
    remedy: "Make both servers reachable, and give the login the rights named.",
  };
}

function noSuchLink(where: string, names: string, name: string | undefined): Problem {
  const wanted = name === undefined ? "no link" : `no link ${visibleText(name)}`;
  return {
    code: "noSuchLink",
    class: "block",
    summary: `${where} have ${wanted} between them.`,
    remedy: names === "" ? "Compare the two addresses." : `There is: ${names}.`,
  };
}

function addressOf(estate: Estate, side: Side): string {
  const reading = estate[side];
  return visibleText(reading.kind === "seen" ? reading.facts.server.serverName : reading.address);
}
