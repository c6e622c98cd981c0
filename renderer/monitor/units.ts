// Numbers with their units, as the DMVs give them; what is not known is said so and is never 0.

/** Groups of three digits kept apart by a narrow space that does not break. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/gu, "\u202f");
}

export function kilobytes(value: number | null): string {
  return value === null ? "unknown" : `${grouped(value)} KB`;
}

/** "406 KB at 1 240 KB/s" */
export function queue(name: string, sizeKb: number | null, rateKbPerSecond: number | null): string {
  const rate = rateKbPerSecond === null ? "" : ` at ${grouped(rateKbPerSecond)} KB/s`;
  return `${name} ${kilobytes(sizeKb)}${rate}`;
}

/** `2026-11-21T11:35:34.806` or `2026-11-21 11:35:34.806` as `11:35:34.806`; 1900-01-01 and NULL are unknown. */
export function clockTime(datetime: string | null): string {
  if (datetime === null || datetime.startsWith("1900-01-01")) return "unknown";
  return datetime.slice(11, 23);
}
