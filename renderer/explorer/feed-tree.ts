// Object Explorer's tree of what is known of the servers.
import type { Side } from "../../shared/estate/estate.ts";
import type { LinkState } from "../../shared/estate/link-state.ts";
import type { PairedLink } from "../../shared/estate/paired-links.ts";
import { refOf } from "../../shared/estate/paired-links.ts";
import { partnerOf } from "../../shared/estate/partner-url.ts";
import { treeOf } from "../../shared/estate/tree.ts";
import type { TreeLink } from "../../shared/estate/tree-links.ts";
import type { TreeNode } from "../../shared/estate/tree-node.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { shortName } from "../ui/short-name.ts";
import type { EstateFeed } from "./estate-feed.ts";
import { linkIn } from "./estate-feed.ts";

/** `connected`: ids of the connections there are now; what was read of another one is not shown any more. */
export function treeOfFeed(feed: EstateFeed, connected: readonly string[]): readonly TreeNode[] {
  const servers = (feed.read?.servers ?? [])
    .filter(({ connectionId }) => connected.includes(connectionId))
    .map(({ connectionId, reading }) => ({
      connectionId,
      reading,
      lastSeen: feed.lastSeen[connectionId],
      silentSince: feed.silentSince[connectionId],
    }));
  return treeOf(
    servers,
    feed.known.map((link) => treeLink(link, feed)),
  );
}

function treeLink(paired: PairedLink, feed: EstateFeed): TreeLink {
  const state = linkIn(feed, refOf(paired))?.state ?? nobodyAnswers;
  const name = (side: Side) => nameAt(side, paired, feed);
  return { ...paired, state, names: { box: name("box"), instance: name("instance") } };
}

const nobodyAnswers: LinkState = {
  kind: "unreachable",
  where: "both",
  sentence: "Neither server answers.",
};

/** The server's own name; of one that is not connected its partner's word for it. */
function nameAt(side: Side, { pair, link }: PairedLink, feed: EstateFeed): string {
  const server = feed.read?.servers.find(({ connectionId }) => connectionId === pair[side]);
  const end = link[otherSide(side)];
  const partner = end.kind === "seen" ? partnerOf(end.partnerEndpointUrl)?.host : undefined;
  const name = server?.serverName ?? partner;
  return name === undefined ? "unknown" : visibleText(shortName(side, name));
}
