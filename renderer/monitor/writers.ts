// Who writes to the link's databases on the primary. Pure.
import type { WritingSession } from "../../shared/estate/estate.ts";
import { missingRightSentence } from "../../shared/estate/rights.ts";
import type { LinkPicture, SidePicture } from "./link-picture.ts";

export type Writers =
  | {
      readonly kind: "seen";
      readonly server: string;
      /** Everything but proved system transactions; longest open first. */
      readonly sessions: readonly WritingSession[];
    }
  | { readonly kind: "unknown"; readonly because: string };

/** Redo writes none on a secondary, so only the primary is asked. */
export function writersOf(picture: LinkPicture): Writers {
  if (picture.primary === undefined) return { kind: "unknown", because: "no side is PRIMARY." };
  return writersOn(picture.sides[picture.primary], picture.databases);
}

/** On one side, whatever its role. */
export function writersOn(
  { name, reading, answers }: SidePicture,
  databases: readonly string[],
): Writers {
  if (reading === undefined || !answers) {
    return { kind: "unknown", because: `${name} does not answer.` };
  }
  const { writers, rights } = reading.facts;
  switch (writers.kind) {
    case "notAllowed":
      return {
        kind: "unknown",
        because: missingRightSentence(name, rights.login, writers.permission),
      };
    case "failed":
      return { kind: "unknown", because: writers.problem.summary };
    case "seen":
      return {
        kind: "seen",
        server: name,
        sessions: writers.value
          .filter((one) => one.origin !== "system" && databases.includes(one.databaseName))
          .sort((one, other) => (one.since ?? "").localeCompare(other.since ?? "")),
      };
  }
}
