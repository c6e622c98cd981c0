// The links of one database, as the question which of them is to be failed over tells them apart.
import { isSameLink } from "../../shared/estate/pair.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import { refOf } from "../../shared/estate/paired-links.ts";
import type { PairedLink } from "../../shared/estate/paired-links.ts";
import { partnerOf } from "../../shared/estate/partner-url.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { shortName } from "../ui/short-name.ts";

export interface LinkOption {
  readonly link: LinkRef;
  /** "to sqlmi2", and what to do where that instance is not connected. */
  readonly words: string;
}

/** In the order of the names. */
export function linkOptions(
  known: readonly PairedLink[],
  links: readonly LinkRef[],
): readonly LinkOption[] {
  return links.map((link) => {
    const box = known.find((one) => isSameLink(refOf(one), link))?.link.box;
    const partner = box?.kind === "seen" ? partnerOf(box.partnerEndpointUrl) : undefined;
    if (partner === undefined) return { link, words: "To which instance is not shown." };
    const name = visibleText(shortName("instance", partner.host));
    return { link, words: `To ${name}. ${connectWords(link, name)}` };
  });
}

function connectWords({ pair }: LinkRef, name: string): string {
  return pair.instance === null
    ? `It is not connected: sign in to ${name} on the wizard's page for it.`
    : "It is connected.";
}
