// The age of a value, small and grey; bold from ten seconds on.
import { ageText, freshness } from "./age-text.ts";
import "./age.css";

export interface AgeProps {
  /** When it was seen, ISO 8601 UTC. */
  readonly at: string;
  /** Ms since 1970. */
  readonly now: number;
}

export function Age({ at, now }: AgeProps) {
  const ageMs = now - Date.parse(at);
  return <span className={`age age-${freshness(ageMs)}`}>{ageText(ageMs)}</span>;
}
