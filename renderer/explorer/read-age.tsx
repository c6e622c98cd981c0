// How old the rows of the tree are: they stay while the servers are read again.
import { text } from "../text.ts";
import { ageText, freshness, timeOfDay } from "../ui/age-text.ts";
import "../ui/age.css";
import { useNow } from "../ui/use-now.ts";

/** A reading that takes longer than this is worth a word; a usual one is over before it could be read. */
const longReadingMs = 7_000;

export interface ReadAgeProps {
  /** When the rows were read, ISO 8601 UTC; undefined: nothing was read yet. */
  readonly at: string | undefined;
  readonly isBusy: boolean;
}

export function ReadAge({ at, isBusy }: ReadAgeProps) {
  const now = useNow(1000);
  if (at === undefined) return null;
  const ageMs = now - Date.parse(at);
  const age = ageText(ageMs);
  return (
    <p className={`explorer-age age age-${freshness(ageMs)}`} title={timeOfDay(at)}>
      {isBusy && ageMs > longReadingMs ? text.explorer.readingAgain(age) : text.explorer.read(age)}
    </p>
  );
}
