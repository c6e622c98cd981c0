// Whether the check of the way back says yes, online.
import type { LinkFacts } from "./link-facts.ts";

export function comesBackOnline({ wayBack }: Pick<LinkFacts, "wayBack">): boolean {
  return wayBack?.level === "passed";
}
