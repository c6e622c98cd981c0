// Sentences of a forced failover that the page, the run and the command line share.

export interface ForcedNames {
  /** The side that takes over. */
  readonly own: string;
  /** The side that is given up. */
  readonly other: string;
}

export function aliveSentence({ own, other }: ForcedNames): string {
  return `${other} is alive: ${own} is still receiving its log. Forcing now makes two primaries.`;
}

export function workingSentence({ own, other }: ForcedNames): string {
  return `${own} is still working through what has arrived from ${other}.`;
}
