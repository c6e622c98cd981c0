// Reads both sides twice and the copies that may be given up, runs the checks of a repair and builds its plan.
import type { Finding } from "../../shared/checks/finding.ts";
import type { RepairChoices } from "../../shared/choices/choices.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { LinkLook } from "../../shared/estate/link-state.ts";
import type { Environment, Plan } from "../../shared/plan/plan.ts";
import { buildRepairPlan } from "../../shared/repair/build.ts";
import { checkRepair } from "../../shared/repair/checks.ts";
import type { CopiesSeen, RepairInput } from "../../shared/repair/input.ts";
import { brokenAs } from "../../shared/repair/input.ts";
import { looksBroken } from "../../shared/repair/to-do.ts";
import type { EstateSources, SideSource } from "../estate/read.ts";
import { readEstate } from "../estate/read.ts";
import { readCopiesToSave } from "../estate/read-copies-to-save.ts";
import type { Clock } from "./clock.ts";
import { pickLinkOf } from "./make-plan.ts";
import { planHash } from "./plan-hash.ts";

export interface RepairRequest {
  /** Undefined: the only link there is. */
  readonly linkName: string | undefined;
  readonly choices: Omit<RepairChoices, "linkName">;
  readonly environment: Environment;
}

export interface RepairPlanning {
  readonly estate: Estate;
  readonly link: Link;
  readonly input: RepairInput;
  readonly findings: readonly Finding[];
  readonly approved: { readonly plan: Plan; readonly hash: string } | undefined;
}

/** Two primaries are one of two moments until they were seen twice (design, *Link states*). */
const apartMs = 5_500;

/** Throws AppError `noSuchLink`, `linkNotNamed` or `linksNotSeen`. */
export async function planRepair(
  sources: EstateSources,
  { linkName, choices, environment }: RepairRequest,
  clock: Clock,
): Promise<RepairPlanning> {
  const { now, earlier } = await lookTwice(sources, linkName, clock);
  const { estate, link } = now;
  const input: RepairInput = {
    estate,
    link,
    earlier,
    choices: { ...choices, linkName: link.name },
    copies: await readCopies(sources, link),
  };
  const findings = checkRepair(input);
  const answer = buildRepairPlan({ ...input, environment, findings });
  if (answer.kind === "refused") {
    const added = answer.findings.filter((finding) => !findings.includes(finding));
    return { estate, link, input, findings: [...findings, ...added], approved: undefined };
  }
  const { plan } = answer;
  return { estate, link, input, findings, approved: { plan, hash: planHash(plan) } };
}

/** Both copies of one link, read now. Throws AppError as `planRepair` does. */
export async function lookAtCopies(
  sources: EstateSources,
  linkName: string,
  clock: Clock,
): Promise<Pick<RepairInput, "link" | "copies">> {
  const { link } = await lookOnce(sources, linkName, clock);
  return { link, copies: await readCopies(sources, link) };
}

async function readCopies(sources: EstateSources, link: Link): Promise<RepairInput["copies"]> {
  const [box, instance] = await Promise.all([
    copiesOn(sources, "box", link),
    copiesOn(sources, "instance", link),
  ]);
  return { box, instance };
}

/** A network may be too slow to show both sides in one moment every time: then it is looked again. */
const mostLooks = 4;

/** Again only where the first look makes another worth its time. */
async function lookTwice(
  sources: EstateSources,
  linkName: string | undefined,
  clock: Clock,
): Promise<{ readonly now: LinkLook; readonly earlier: LinkLook | undefined }> {
  const first = await lookOnce(sources, linkName, clock);
  const looks = [first];
  let now = first;
  while (looksBroken(now) && looks.length < mostLooks) {
    await clock.wait(apartMs);
    const look = await lookOnce(sources, first.link.name, clock);
    const earlier = looks.find((one) => brokenAs({ ...look, earlier: one }) !== undefined);
    if (earlier !== undefined) return { now: look, earlier };
    looks.push(look);
    now = look;
  }
  return { now, earlier: looks.at(-2) };
}

async function lookOnce(
  sources: EstateSources,
  linkName: string | undefined,
  clock: Clock,
): Promise<LinkLook> {
  const estate = await readEstate(sources, clock);
  const only = findLinks(estate).links.find(({ name }) => name === linkName);
  return { estate, link: only ?? pickLinkOf(estate, linkName) };
}

/** A side's copies of a link's databases, or why they could not be read. */
export async function copiesOn(
  sources: EstateSources,
  side: Side,
  link: Link,
): Promise<CopiesSeen> {
  const source: SideSource = sources[side];
  if ("unreachable" in source) return { kind: "unseen", problem: source.unreachable };
  try {
    const end = link[side];
    const of = {
      groupId: end.kind === "seen" ? end.group.groupId : undefined,
      end: end.kind === "seen" && end.role === "PRIMARY" ? "primary" : "secondary",
    } as const;
    return { kind: "seen", copies: await readCopiesToSave(source, link.databases, of) };
  } catch (error) {
    if (error instanceof AppError) return { kind: "unseen", problem: error.problem };
    throw error;
  }
}
