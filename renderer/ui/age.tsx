// The age of a value, small and grey; bold from ten seconds on.
import { ageText, freshness } from "./age-text.ts";
import "./age.css";

export interface AgeProps {
  /** When it was seen, ISO 8601 UTC. */
  readonly at: string;
  /** Ms since 1970. */
  readonly now: number;
  /** How often it is read; what is read rarely is old later. */
  readonly pace?: "often" | "rarely";
}

/** Read once a minute, a value is as old after minutes as another is after seconds. */
const rarely = 20;

export function Age({ at, now, pace = "often" }: AgeProps) {
  const ageMs = now - Date.parse(at);
  return (
    <span className={`age age-${freshness(pace === "often" ? ageMs : ageMs / rarely)}`}>
      {ageText(ageMs)}
    </span>
  );
}
