// The bench's tables: each figure, what it is compared with, and how many times that it is.
import { kilobytes, median, megabytes, milliseconds, ratio, seconds, table } from "./figures.mjs";

/** Seconds that the gate has to stay open before FAILOVER is sent: the wizard's default. */
export const gateSeconds = 5;

/** The limit for the first rows of the tree, from the moment that the data is there. */
const firstRowsMs = 200;

/**
 * @param {{window: object[], blank: object[], tree: object, hour?: object, sizes: object}} measured of windows one entry for
 *   each run; one hour
 * @returns {string} Markdown
 */
export function report({ window, blank, tree, hour, sizes }) {
  const times = (name, of) => [name, median(window.map(of)), median(blank.map(of)), seconds];
  const rows = [
    [...times("Process start to a usable tree, both servers read", usable), "empty window"],
    [...times("Process start to the page drawn", drawn), "empty window"],
    ...failoverRows(window),
    ...treeRows(tree),
    ...memoryRows(window, blank),
    ...hourRows(hour),
    ...sizeRows(sizes),
  ];
  const compared = table([
    ["", "Here", "Reference", "Ratio", "The reference is"],
    ...rows.map(([name, value, reference, show, what]) => [
      name,
      show(value),
      show(reference),
      ratio(value, reference),
      what,
    ]),
  ]);
  return [compared, ...notes(window), bundleTable(sizes)].join("\n\n");
}

const usable = ({ usableMs }) => usableMs;
const drawn = ({ drawnMs }) => drawnMs;

function failoverRows(window) {
  const failovers = window.flatMap(({ failover }) => failover ?? []);
  if (failovers.length === 0) return [];
  const approved = median(failovers.map(({ approvedMs }) => approvedMs));
  const needed = median(failovers.map(({ roleChangeMs }) => gateSeconds * 1000 + roleChangeMs));
  const what = `gate ${gateSeconds} s and the estate's own role change`;
  return [["Approve to Results", approved, needed, seconds, what]];
}

/** From the data to the first rows: drawn within the limit, and no slower per database than with few. */
function treeRows({ manyMs, fewMs, drawnMs }) {
  const name = "First rows of 5,000 databases and 500 links on each server";
  return [
    ...(drawnMs === undefined
      ? []
      : [[`${name}, drawn`, drawnMs, firstRowsMs, milliseconds, "the limit"]]),
    [`${name}, the page's own code`, manyMs, 10 * fewMs, milliseconds, "ten times a tenth of them"],
  ];
}

function memoryRows(window, blank) {
  const known = [...window, ...blank].every(({ memory }) => memory !== undefined);
  if (!known) return [];
  const own = ({ memory }) => memory.all - memory.practice;
  const all = ({ memory }) => memory.all;
  const reference = median(blank.map(all));
  return [
    ["Memory of all processes", median(window.map(own)), reference, megabytes, "empty window"],
    [
      "The same with the practice estate",
      median(window.map(all)),
      reference,
      megabytes,
      "empty window",
    ],
  ];
}

function hourRows(hour) {
  if (hour === undefined) return [];
  const { heapAt5, heapAt60, liveMs, everythingMs } = hour;
  return [
    ["An hour of watching: heap at its end", heapAt60, heapAt5, megabytes, "the same at minute 5"],
    ["One reading of a watched server", liveMs, everythingMs, tenths, "all of that server"],
  ];
}

const tenths = (ms) => `${ms.toFixed(1)} ms`;

function sizeRows({ atOnce, whenNeeded, script, reactAlone }) {
  const everything = atOnce.bytes + whenNeeded.bytes;
  return [
    [
      "Main process: loaded before the page is painted",
      atOnce.bytes,
      everything,
      kilobytes,
      "all it can load",
    ],
    ["Page's script", script.bytes, reactAlone.bytes, kilobytes, "one paragraph with React"],
    ["Page's script, gzip", script.gzip, reactAlone.gzip, kilobytes, "one paragraph with React"],
  ];
}

/** What is left out, and why. */
function notes(window) {
  return [
    ...(window.some(({ memory }) => memory === undefined)
      ? [
          "Memory is not measured: Linux alone tells it, and of the browser's processes to root alone.",
        ]
      : []),
    ...(window.some(({ failover }) => failover === undefined)
      ? ["The failover is not measured: it was left out, or the window is Electron's."]
      : []),
  ];
}

function bundleTable({
  atOnce,
  whenNeeded,
  largestWhenNeeded,
  script,
  style,
  practice,
  reactAlone,
}) {
  const row = (name, { bytes, gzip }) => [name, kilobytes(bytes), kilobytes(gzip)];
  return table([
    ["Bundle", "Size", "gzip"],
    row("Main process, at once", atOnce),
    row("Main process, when needed", whenNeeded),
    ...largestWhenNeeded.slice(0, 3).map((chunk) => row(`of it ${chunk.holds}`, chunk)),
    row("Page, script", script),
    row("Page, style sheet", style),
    row("One paragraph with React", reactAlone),
    row("Practice estate with SQLite", practice),
  ]);
}
