// What is known of the estate while it is read again and again: the newest reading, and of each side the last that answered.
import type { Problem } from "../../shared/errors/app-error.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import { linkState } from "../../shared/estate/link-state.ts";
import type { LinkLook, LinkState } from "../../shared/estate/link-state.ts";
import type { SeenReading } from "../../shared/estate/tree-node.ts";
import type { Answer } from "../../shared/ipc.ts";

export interface EstateFeed {
  /** Undefined before the first reading. */
  readonly estate: Estate | undefined;
  readonly lastSeen: Readonly<Partial<Record<Side, SeenReading>>>;
  /** Links in order of name, each with its look and state. */
  readonly links: readonly SeenLink[];
  /** Why the last try told nothing at all; the rows above stay. */
  readonly problem: Problem | undefined;
}

export interface SeenLink {
  readonly look: LinkLook;
  readonly state: LinkState;
  /** The look at which both sides were first PRIMARY together, as long as they are. */
  readonly twoPrimariesSince: LinkLook | undefined;
}

export const noEstate: EstateFeed = {
  estate: undefined,
  lastSeen: {},
  links: [],
  problem: undefined,
};

/** `run`: a failover of this tool is under way, and two PRIMARY are then a moment of it. */
export function feedAfter(feed: EstateFeed, answer: Answer<Estate>, run?: "inFlight"): EstateFeed {
  if (!answer.ok) return { ...feed, problem: answer.error };
  const estate = answer.value;
  const seen = [estate.box, estate.instance].filter((reading) => reading.kind === "seen");
  return {
    estate,
    lastSeen: {
      ...feed.lastSeen,
      ...Object.fromEntries(seen.map((reading) => [reading.side, reading])),
    },
    links: findLinks(estate).links.map((link) => {
      const before = feed.links.find((one) => one.look.link.name === link.name);
      return seenLink({ estate, link }, before?.twoPrimariesSince, run);
    }),
    problem: undefined,
  };
}

/** The name of the link where there is exactly one: its document is shown before anything is selected. */
export function onlyLink({ links }: EstateFeed): string | undefined {
  return links.length === 1 ? links[0]?.look.link.name : undefined;
}

/** Names of the links that are split. */
export function splitBrainLinks(feed: EstateFeed): readonly string[] {
  return feed.links
    .filter(({ state }) => state.kind === "splitBrain")
    .map(({ look }) => look.link.name);
}

function seenLink(look: LinkLook, earlier: LinkLook | undefined, run?: "inFlight"): SeenLink {
  const state = linkState(look, {
    ...(earlier === undefined ? {} : { earlier }),
    ...(run === undefined ? {} : { run }),
  });
  const areTwo = state.kind === "twoPrimariesSeenOnce" || state.kind === "splitBrain";
  return { look, state, twoPrimariesSince: areTwo ? (earlier ?? look) : undefined };
}
