// A log sequence number cut into its three groups, each with the head that equals another number and the tail that does not.

export interface LsnPart {
  readonly same: string;
  readonly different: string;
}

/** Groups of all but 15, 10 and 5 digits (sequence, block, slot). Against numbers of another length everything differs. */
export function lsnParts(lsn: string, reference?: string): readonly LsnPart[] {
  const firstDifferent =
    reference === undefined || reference === lsn ? lsn.length : commonLength(lsn, reference);
  const cuts = [0, Math.max(0, lsn.length - 15), Math.max(0, lsn.length - 5), lsn.length];
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? 0;
    if (end === start) return [];
    const middle = Math.min(Math.max(firstDifferent, start), end);
    return [{ same: lsn.slice(start, middle), different: lsn.slice(middle, end) }];
  });
}

function commonLength(one: string, other: string): number {
  if (one.length !== other.length) return 0;
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
