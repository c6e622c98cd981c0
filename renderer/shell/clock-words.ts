// A moment for the status bar: UTC first, then the operator's own zone.

/** "21 Nov 2026 22:14:09 UTC · 23:14:09 local" */
export function clockWords(moment: Date): string {
  const day = moment.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const utc = moment.toISOString().slice(11, 19);
  return `${day} ${utc} UTC · ${moment.toLocaleTimeString("en-GB")} local`;
}
