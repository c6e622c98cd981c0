// status: what both sides say of themselves and their links, and what became of runs that were left without an end.
import { findLinks } from "../../shared/estate/find-links.ts";
import { readEstate } from "../estate/read.ts";
import type { LeftRuns } from "../run/conclude-runs.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { leftGoneLinks, leftRunsOf, leftRunLines } from "./left-runs.ts";
import { answer } from "./output.ts";
import { repairLines } from "./repair-lines.ts";
import { linkLines, sideLines } from "./words.ts";

/** Failed when a side cannot be reached, unknown while the end of an earlier run is. */
export async function status(context: Context): Promise<ExitCode> {
  const estate = await readEstate(context.sources, context.clock);
  const found = findLinks(estate);
  const { linkName } = context.options;
  const links = found.links.filter((link) => linkName === undefined || link.name === linkName);
  const left: LeftRuns[] = [];
  const gone = leftGoneLinks(context, estate, found.links);
  for (const link of [...links, ...gone]) left.push(await leftRunsOf(context, link));
  const toRepair = repairLines(context, estate);
  answer(
    context,
    {
      estate,
      links,
      cannotSay: found.cannotSay,
      leftRuns: left.flatMap((one) => one.runs),
      toRepair,
    },
    [
      ...sideLines("SQL Server", estate.box),
      ...sideLines("Managed instance", estate.instance),
      "",
      ...links.flatMap(linkLines),
      ...(links.length > 0
        ? []
        : found.cannotSay.length > 0
          ? found.cannotSay.map((one) => `Whether there is a link cannot be said: ${one.because}`)
          : ["No link."]),
      ...left.flatMap(leftRunLines),
      ...toRepair,
    ],
  );
  const isOpen = left.some(({ runs }) =>
    runs.some((run) => run.kind === "lookedAt" && run.finding.ended === undefined),
  );
  if (isOpen) return exitCodes.unknown;
  const isSeen = estate.box.kind === "seen" && estate.instance.kind === "seen";
  return isSeen && (links.length > 0 || linkName === undefined) ? exitCodes.done : exitCodes.failed;
}
