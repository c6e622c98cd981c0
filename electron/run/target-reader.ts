// Reads the copy that is to take over, for the watch before a forced failover. The other side is not asked: it may be gone.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Estate, Side, SideReading } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { TargetReading } from "../../shared/forced/target.ts";
import { targetReading } from "../../shared/forced/target.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { EstateSources } from "../estate/read.ts";
import { readEstate } from "../estate/read.ts";
import type { Clock } from "./clock.ts";

/** Each call is one reading. Rejects with AppError where the side does not answer or does not show the link, and when aborted. */
export function targetReader(
  plan: { readonly to: Side; readonly link: Pick<Plan["link"], "name"> },
  sources: EstateSources,
  clock: Clock,
): (signal?: AbortSignal) => Promise<TargetReading> {
  const { to, link } = plan;
  const alone = targetAlone(sources, to);
  return async (signal) => {
    const estate = await readEstate(alone, clock, signal);
    const found = findLinks(estate).links.find(({ name }) => name === link.name);
    const reading = found && targetReading(estate, found, to, clock.nowMs());
    if (reading === undefined) throw new AppError(problemOf(estate, to, link.name));
    return reading;
  };
}

/** A side that is gone may hang for long: before a forced failover it is not asked, whether it would answer or not. */
export function targetAlone(sources: EstateSources, to: Side): EstateSources {
  const gone = otherSide(to);
  return { ...sources, [gone]: { address: sources[gone].address, unreachable: otherIsNotAsked } };
}

const otherIsNotAsked = {
  code: "notAsked",
  class: "info",
  summary: "It is not asked in a forced failover.",
  remedy: "",
} as const;

function problemOf(estate: Estate, to: Side, linkName: string) {
  const reading: SideReading = estate[to];
  if (reading.kind === "unreachable") return reading.problem;
  return {
    code: "linkNotSeen",
    class: "block",
    summary: `${reading.facts.server.serverName} does not show the link ${visibleText(linkName)}.`,
    remedy: "Read it with a login that has VIEW ANY DEFINITION and VIEW SERVER STATE.",
  } as const;
}
