// Sentences of a forced failover that the page, the run and the command line share.
import { listOf } from "../plan/actions/action-form.ts";
import { visibleText } from "../visible-text.ts";
import type { ForcedInput } from "./input.ts";
import { targetName } from "./input.ts";

export interface ForcedNames {
  /** The side that takes over. */
  readonly own: string;
  /** The side that is given up. */
  readonly other: string;
}

export function aliveSentence({ own, other }: ForcedNames): string {
  return `${other} is alive: ${own} is still receiving its log. Forcing now makes two primaries.`;
}

/** What a DELETE in place of a forced failover is. */
export function endedSentence(input: ForcedInput): string {
  const name = targetName(input);
  const databases = listOf(input.link.databases.map((database) => visibleText(database)));
  return `${name}'s copy of ${databases} opens for writing as an independent database, and there is no way back.`;
}

export function workingSentence({ own, other }: ForcedNames): string {
  return `${own} is still working through what has arrived from ${other}.`;
}
