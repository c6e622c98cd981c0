// What was read in a run: the gate, and both sides and Azure when they were read back.
import type { DatabaseReadBack, SeenPosition, SideReadBack } from "../run/events.ts";
import type { Side } from "../estate/estate.ts";
import type { ReportBlock } from "./blocks.ts";
import { list, table, text, time } from "./blocks.ts";
import type { Report } from "./build.ts";
import { sides } from "./readings.ts";

const openedBy = {
  commitLsn: "the secondary's own commit LSN against the primary's own",
  fallback: "the fallback, the end of both logs, since commit LSNs were not enough",
  tick: "the operator's tick; the proof is missing and the engine itself waited and refused",
} as const;

export function gate({ gate: seen, plan }: Report): readonly ReportBlock[] {
  if (seen === undefined) return [text("The gate was not read.")];
  return [
    text(seen.sentence),
    list([
      ...(seen.by === undefined ? [] : [`Opened by: ${openedBy[seen.by]}`]),
      seen.heldSince === undefined
        ? "It did not hold when it was last read."
        : `Held without a break since: ${time(seen.heldSince)}`,
    ]),
    table(
      ["Database", "Server", "last_commit_lsn", "end_of_log_lsn", "last_hardened_lsn"],
      seen.positions.flatMap(({ database, primary, secondary }) => [
        positionRow(database, plan[plan.from].serverName, primary),
        positionRow(database, plan[plan.to].serverName, secondary),
      ]),
    ),
  ];
}

function positionRow(database: string, server: string, own: SeenPosition): readonly string[] {
  const shown = [own.lastCommitLsn, own.endOfLogLsn, own.lastHardenedLsn];
  return [database, server, ...shown.map((lsn) => lsn ?? "unknown")];
}

export function readBack(report: Report): readonly ReportBlock[] {
  const modes = report.commitModes;
  if (report.readBack === undefined) return [text("Both sides were not read back in this run.")];
  const { at, sides: read } = report.readBack;
  return [
    text(`Read at ${time(at)}.`),
    table(
      ["Server", "Role", "Health", "Databases", "Its own time"],
      [...sides.map((side) => sideRow(report, side, read[side])), ...azureRow(report)],
    ),
    ...(modes === undefined
      ? []
      : [text(`Commit mode of the link, read at ${time(modes.at)}:`), list(modes.sentences)]),
    ...(modes === undefined || !didFailOver(report) ? [] : [text(modeAfterFailover)]),
  ];
}

function didFailOver({ steps }: Report): boolean {
  return steps.some(
    ({ step, outcome }) =>
      step.action.kind === "failover" && (outcome === "succeeded" || outcome === "warning"),
  );
}

const modeAfterFailover =
  "A planned failover leaves the link asynchronous, also where it was synchronous before.";

function sideRow(report: Report, side: Side, seen: SideReadBack): readonly string[] {
  switch (seen.kind) {
    case "unreadable":
      return [report.plan[side].serverName, "unknown", "unknown", seen.because, "unknown"];
    case "withoutLink":
      return [seen.serverName, "without the link", "-", copies(seen.databases), seen.serverTime];
    case "seen":
      return [
        seen.serverName,
        seen.role ?? "unknown",
        seen.synchronizationHealth ?? "unknown",
        copies(seen.databases),
        seen.serverTime,
      ];
  }
}

function copies(databases: readonly DatabaseReadBack[]): string {
  const words = databases.map(({ name, state, updateability, synchronizationState }) => {
    const shown = [
      ...(state === undefined || state === null || state === "ONLINE" ? [] : [state]),
      updateability ?? "unknown",
      synchronizationState ?? "unknown",
    ];
    return `${name}: ${shown.join(", ")}`;
  });
  return words.length === 0 ? "unknown" : words.join("; ");
}

function azureRow({ azure }: Report): readonly (readonly string[])[] {
  if (azure === undefined) return [];
  const said = {
    unreadable: "unknown",
    gone: "without the link (404)",
    seen: "with the link",
  }[azure.kind];
  const more = azure.kind === "unreadable" ? azure.because : "-";
  return [["Azure", said, "-", more, "-"]];
}
