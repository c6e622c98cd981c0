// What the checks and the plan of a forced failover are made of.
import { direction } from "../checks/check.ts";
import type { ForcedFailoverChoices } from "../choices/choices.ts";
import type { Estate } from "../estate/estate.ts";
import type { Link } from "../estate/link.ts";
import { nameOf } from "../estate/name-of.ts";
import { partnerOf } from "../estate/partner-url.ts";
import { visibleText } from "../visible-text.ts";
import type { LinkMemory } from "./link-memory.ts";
import type { TargetWatch } from "./watch.ts";

export interface ForcedInput {
  readonly estate: Estate;
  readonly link: Link;
  readonly choices: ForcedFailoverChoices;
  /** Absent while nobody has watched the secondary yet. */
  readonly watch?: TargetWatch;
  /** Absent where nobody on this computer has read both sides before. */
  readonly memory?: LinkMemory;
}

/** What is remembered of the side that is given up; a memory of the other one, from before the roles moved, is none. */
export function memoryOfLost({ choices, memory }: ForcedInput): LinkMemory | undefined {
  return memory?.primary === direction({ choices }).from ? memory : undefined;
}

/**
 * The side that is given up, as the side that takes over knows it: the host of its endpoint, whether it answers or not, so that
 * a plan stays the same plan when it comes or goes. Its address where no endpoint is shown.
 */
export function givenUpName({ estate, link, choices }: ForcedInput): string {
  const end = link[choices.to];
  const host = end.kind === "seen" ? partnerOf(end.partnerEndpointUrl)?.host : undefined;
  return host === undefined ? nameOf(estate[direction({ choices }).from]) : visibleText(host);
}

export function targetName({ estate, choices }: ForcedInput): string {
  return nameOf(estate[choices.to]);
}
