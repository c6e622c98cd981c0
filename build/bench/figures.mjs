// What the bench makes of its figures: medians, ratios, and tables that a terminal and a README can both show.

/** The middle one; of an even number of them, halfway between the two in the middle. */
export function median(values) {
  if (values.length === 0) throw new Error("There is no median of nothing.");
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How many times the reference: two digits that mean something, "1.3", "0.082", "12". */
export function ratio(value, reference) {
  if (!(reference > 0)) throw new Error("A ratio needs a reference above 0.");
  const times = value / reference;
  return times >= 10 ? String(Math.round(times)) : String(Number(times.toPrecision(2)));
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
export const milliseconds = (ms) => `${Math.round(ms)} ms`;
export const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
export const megabytes = (bytes) => `${Math.round(bytes / 1_000_000)} MB`;

/**
 * A Markdown table.
 * @param {readonly (readonly string[])[]} rows the first one is the head; every row as long as that
 * @returns {string}
 */
export function table(rows) {
  const [head] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const [first, ...rest] = rows.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column]))),
  );
  return [first, line(widths.map((width) => "-".repeat(width))), ...rest].join("\n");
}
