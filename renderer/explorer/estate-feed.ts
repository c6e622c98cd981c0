// What is known of the estate while it is read again and again: the newest reading, and of each side the last that answered.
import type { Problem } from "../../shared/errors/app-error.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Estate, Side, SideReading } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import { linkState } from "../../shared/estate/link-state.ts";
import type { LinkLook, LinkState } from "../../shared/estate/link-state.ts";
import type { Broken } from "../../shared/repair/input.ts";
import type { SeenReading } from "../../shared/estate/tree-node.ts";
import type { Answer } from "../../shared/ipc.ts";

export interface EstateFeed {
  /** Undefined before the first reading. */
  readonly estate: Estate | undefined;
  readonly lastSeen: Readonly<Partial<Record<Side, SeenReading>>>;
  /** When a connected side did not answer for the first time since it last did, ISO 8601 UTC. */
  readonly silentSince: Readonly<Partial<Record<Side, string>>>;
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
  silentSince: {},
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
    silentSince: {
      ...silentSince(estate.box, feed),
      ...silentSince(estate.instance, feed),
    },
    links: findLinks(estate).links.map((link) => {
      const before = feed.links.find((one) => one.look.link.name === link.name);
      return seenLink({ estate, link }, before?.twoPrimariesSince, run);
    }),
    problem: undefined,
  };
}

/** The links of the newest answer of each side, however old it is by now. */
export function rememberedLinks({ estate, lastSeen }: EstateFeed): readonly Link[] {
  if (estate === undefined) return [];
  return findLinks({ ...estate, ...lastSeen }).links;
}

/** The name of the link where there is exactly one: its document is shown before anything is selected. */
export function onlyLink(feed: EstateFeed): string | undefined {
  const [only, ...others] = rememberedLinks(feed);
  return others.length === 0 ? only?.name : undefined;
}

/** Names of the links that are split. */
export function splitBrainLinks(feed: EstateFeed): readonly string[] {
  return feed.links
    .filter(({ state }) => state.kind === "splitBrain")
    .map(({ look }) => look.link.name);
}

/** As what a link is broken, as far as the newest readings show; undefined: it is not. */
export function brokenLink(feed: EstateFeed, linkName: string): Broken | undefined {
  const kind = feed.links.find(({ look }) => look.link.name === linkName)?.state.kind;
  return kind === "splitBrain" || kind === "noPrimary" ? kind : undefined;
}

function silentSince(reading: SideReading, before: EstateFeed): EstateFeed["silentSince"] {
  const { side, at } = reading;
  const isSilent = reading.kind === "unreachable" && reading.problem.code !== "notConnected";
  return isSilent ? { [side]: before.silentSince[side] ?? at } : {};
}

function seenLink(look: LinkLook, earlier: LinkLook | undefined, run?: "inFlight"): SeenLink {
  const state = linkState(look, {
    ...(earlier === undefined ? {} : { earlier }),
    ...(run === undefined ? {} : { run }),
  });
  const areTwo = state.kind === "twoPrimariesSeenOnce" || state.kind === "splitBrain";
  return { look, state, twoPrimariesSince: areTwo ? (earlier ?? look) : undefined };
}
