// How a drill ended, in plain words, from the practice world's own account. Pure.
import type { DrillEnd } from "../../shared/drills/drill.ts";
import type { WorldTruth } from "../../shared/drills/world-truth.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { durationText } from "../run/step-times.ts";
import { shortName } from "../ui/short-name.ts";

const sides: readonly Side[] = ["box", "instance"];
const other: Readonly<Record<Side, Side>> = { box: "instance", instance: "box" };

/** One sentence or two each: goal, primary, lost, saved, at risk, how long, and whose account it is. */
export function drillEndLines({
  reached,
  tookMs,
  closedMs,
  world,
}: Omit<DrillEnd, "number" | "name">): readonly string[] {
  const until = reached ? "the goal was seen" : "it was ended";
  return [
    reached ? "The goal is reached." : "It was ended before its goal was reached.",
    whoIsPrimary(world),
    lostLine(world),
    ...savedLines(world),
    ...restoredLines(world),
    ...riskLines(world),
    `It took ${durationText(tookMs)}, from the start of the drill until ${until}.`,
    closedMs === 0
      ? "A server took writing all that time."
      : `For ${durationText(closedMs)} of that, applications could write nowhere.`,
    "This is the practice world's own account, not what the window has read.",
  ];
}

/** To be copied or saved. */
export function drillEndText(end: DrillEnd): string {
  const lines = drillEndLines(end).map((line) => `- ${line}`);
  return [`PRACTICE. Drill ${String(end.number)}: ${end.name}`, "", ...lines, ""].join("\n");
}

export function fileNameOf({ number, name }: Pick<DrillEnd, "number" | "name">): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-");
  return `drill-${String(number)}-${words}.txt`;
}

/** `41 to 52, 60` of rows in ascending order. */
export function rowRanges(rows: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else ranges.push([row, row]);
  }
  return ranges
    .map(([from, to]) => (from === to ? String(from) : `${String(from)} to ${String(to)}`))
    .join(", ");
}

function nameOf(world: WorldTruth, side: Side): string {
  return shortName(side, world[side].name);
}

function namesOf(world: WorldTruth, which: readonly Side[]): string {
  return which.map((side) => nameOf(world, side)).join(" and ");
}

function rowCount(count: number): string {
  return count === 1 ? "1 row" : `${String(count)} rows`;
}

function whoIsPrimary(world: WorldTruth): string {
  const writable = sides.filter((side) => world[side].takesWrites);
  const where =
    writable.length === 0
      ? "Applications can write nowhere."
      : `Applications can write on ${namesOf(world, writable)}.`;
  if (world.instance.linkDropped) return `The link is gone. ${where}`;
  const [primary, second] = world.primaries;
  if (primary === undefined) return `Nobody is primary now. ${where}`;
  if (second === undefined) return `${nameOf(world, primary)} is primary now. ${where}`;
  const [only, both] = writable;
  if (only === undefined || both !== undefined) {
    return `Both ${namesOf(world, world.primaries)} take themselves for the primary. ${where}`;
  }
  const old = nameOf(world, other[only]);
  return `${nameOf(world, only)} is primary now. ${where} ${old} still takes itself for the primary too.`;
}

function lostLine({ gone: { lost } }: WorldTruth): string {
  return lost.length === 0
    ? "Lost: nothing so far. Each row that applications were told is saved is on a server or in a backup."
    : `Lost: ${rowCount(lost.length)} that applications were told ${lost.length === 1 ? "is" : "are"} saved. No server and no backup has them (${rowRanges(lost)}).`;
}

function savedLines(world: WorldTruth): readonly string[] {
  return world.gone.saved.map(
    ({ server, path, position, rows }) =>
      `Saved: ${rowCount(rows.length)} that no server has any more (${rowRanges(rows)}), in the backup that ${nameOf(world, server)} wrote: ${path}, position ${String(position)}.`,
  );
}

function restoredLines(world: WorldTruth): readonly string[] {
  return world.restored.map(
    ({ server, name, rows }) =>
      `Restored: ${name} on ${nameOf(world, server)}, with ${rowCount(rows)}. ${nameOf(world, "instance")} has ${String(world.instance.rows.count)}.`,
  );
}

/** Rows of a side that the survivor does not have; of both where there is no one survivor. */
function riskLines(world: WorldTruth): readonly string[] {
  const writable = world.primaries.filter((side) => world[side].takesWrites);
  const survivor = writable.length === 1 ? writable[0] : undefined;
  return sides
    .filter((side) => side !== survivor && world[side].rows.onlyHere > 0)
    .map(
      (side) =>
        `At risk: ${rowCount(world[side].rows.onlyHere)} on ${nameOf(world, side)} alone. Lost if it never comes back, or is demoted before a backup holds them.`,
    );
}
