// How long tokens and codes still hold, in words.
import type { Account } from "../../shared/azure/contract.ts";

/** "Azure: tokens valid 47 min (ARM), 52 min (SQL)" for the status bar; what there is none of is said so. */
export function tokenLife(account: Account | null, now: number): string {
  if (account === null) return "Azure: not signed in";
  const parts = [
    `${lifeOf(account.armTokenUntil, now)} (ARM)`,
    `${lifeOf(account.sqlTokenUntil, now)} (SQL)`,
  ];
  return `Azure: tokens valid ${parts.join(", ")}`;
}

/** "47 min", "52 s", "ended" or "none". */
export function lifeOf(until: string | null, now: number): string {
  if (until === null) return "none";
  const seconds = Math.floor((Date.parse(until) - now) / 1000);
  if (seconds <= 0) return "ended";
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.floor(seconds / 60))} min`;
}

/** "14:32" until then, undefined once it is over. */
export function countdown(expiresAt: string, now: number): string | undefined {
  const seconds = Math.ceil((Date.parse(expiresAt) - now) / 1000);
  if (seconds <= 0) return undefined;
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}
