// Reads both ends of a link at once, with a short patience: a side that does not answer is shown as that and holds nobody up.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { PlannedLink } from "../../shared/plan/plan.ts";
import type { SideSource } from "../estate/read.ts";
import { readLinkEnd } from "../estate/read-link-end.ts";
import type { Clock } from "./clock.ts";
import type { EndLook, LinkLook } from "./link-look.ts";
import { withinTime } from "./pacing.ts";

const patienceMs = 3_000;

/** Rejects only when `signal` aborts, with its reason. */
export async function lookAtLink(
  sources: Readonly<Record<Side, SideSource>>,
  link: Pick<PlannedLink, "name" | "databases">,
  clock: Clock,
  signal?: AbortSignal,
): Promise<LinkLook> {
  const [box, instance] = await Promise.all([
    lookAtEnd(sources.box, link, clock, signal),
    lookAtEnd(sources.instance, link, clock, signal),
  ]);
  return { atMs: clock.nowMs(), box, instance };
}

async function lookAtEnd(
  source: SideSource,
  link: Pick<PlannedLink, "name" | "databases">,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<EndLook> {
  const { address } = source;
  if ("unreachable" in source) return { kind: "unseen", address, problem: source.unreachable };
  try {
    const facts = await withinTime(clock, patienceMs, signal, (within) =>
      readLinkEnd(source, link.name, link.databases, within),
    );
    return facts === "timeOver"
      ? { kind: "unseen", address, problem: noAnswerYet(address) }
      : { kind: "seen", address, facts };
  } catch (error) {
    if (error instanceof AppError) return { kind: "unseen", address, problem: error.problem };
    throw error;
  }
}

function noAnswerYet(address: string) {
  return {
    code: "noAnswerYet",
    class: "wait",
    summary: `${address} has not answered for ${String(patienceMs / 1000)} s.`,
    remedy: "It is asked again.",
  } as const;
}
