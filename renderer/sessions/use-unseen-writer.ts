// Keeps the last two readings of a side apart, to see whether somebody wrote between them.
import { useState } from "react";
import type { SidePicture } from "../monitor/link-picture.ts";
import type { WriteMark } from "./unseen-writer.ts";
import { unseenWriter, writeMark } from "./unseen-writer.ts";

interface Marks {
  readonly before: WriteMark | undefined;
  readonly now: WriteMark | undefined;
}

/** The sentence of `unseenWriter`, until a reading shows otherwise. */
export function useUnseenWriter(
  side: SidePicture,
  databases: readonly string[],
): string | undefined {
  const mark = writeMark(side, databases);
  const [marks, setMarks] = useState<Marks>({ before: undefined, now: mark });
  const isNew = mark?.at !== marks.now?.at || mark?.server !== marks.now?.server;
  const known = isNew ? { before: marks.now, now: mark } : marks;
  if (isNew) setMarks(known);
  return unseenWriter(known.before, known.now);
}
