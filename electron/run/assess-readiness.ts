// Reads both sides, looks through the gate, reads what no link carries, and makes the readiness assessment of it. Reads only.
import { assess } from "../../shared/readiness/assess.ts";
import type { Readiness } from "../../shared/readiness/contract.ts";
import { loginGapsOf } from "../../shared/readiness/login-gaps.ts";
import { toLoginScript } from "../../shared/readiness/login-script.ts";
import { readinessToMarkdown } from "../../shared/readiness/to-markdown.ts";
import type { EstateSources } from "../estate/read.ts";
import { readServerObjects } from "../estate/read-server-objects.ts";
import type { Clock } from "./clock.ts";
import type { LinkOfEstate, PlanRequest } from "./make-plan.ts";
import { lookThroughGate, readLinkOfEstate } from "./make-plan.ts";

/** Throws AppError `noSuchLink`, `linkNotNamed` or `linksNotSeen`, and the signal's reason when aborted. */
export async function assessReadiness(
  sources: EstateSources,
  request: PlanRequest,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Readiness & { readonly seen: LinkOfEstate }> {
  const seen = await readLinkOfEstate(sources, request, clock, signal);
  const { box, instance } = sources;
  const { databases } = seen.link;
  const gate =
    "unreachable" in box || "unreachable" in instance
      ? undefined
      : await lookThroughGate({ box, instance }, seen, clock, signal);
  const [onBox, onInstance] = await Promise.all([
    readServerObjects(box, databases, signal),
    readServerObjects(instance, databases, signal),
  ]);
  const input = {
    ...seen,
    ...(gate === undefined ? {} : { gate }),
    objects: { box: onBox, instance: onInstance },
  };
  const { environment } = request;
  const assessment = assess(input, { environment, at: new Date(clock.nowMs()).toISOString() });
  const { linkName, to } = assessment;
  const target = seen.estate[to];
  const script =
    target.kind === "unreachable"
      ? undefined
      : toLoginScript(loginGapsOf(input), {
          environment,
          linkName,
          side: to,
          serverName: target.facts.server.serverName,
        });
  return {
    seen,
    assessment,
    report: readinessToMarkdown(assessment, script),
    loginScript: script ?? null,
  };
}
