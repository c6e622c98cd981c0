// Values of a transaction that writes, as lists and sentences say them. Pure.
import type { WritingSession } from "../../shared/estate/estate.ts";
import { kilobytes } from "../monitor/units.ts";

/** By the server's own clock. */
export function sinceWords({ since }: Pick<WritingSession, "since">): string {
  if (since === null || since.startsWith("1900-01-01")) return "unknown";
  return since.replace("T", " ").slice(0, 19);
}

export function logWords({ logBytes }: Pick<WritingSession, "logBytes">): string {
  return kilobytes(logBytes === null ? null : logBytes / 1024);
}
