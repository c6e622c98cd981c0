// The links of one database, as the question which of them is to be failed over tells them apart.
import type { Estate } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { LinkEnd } from "../../shared/estate/link.ts";
import { partnerOf } from "../../shared/estate/partner-url.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { shortName } from "../ui/short-name.ts";

export interface LinkOption {
  readonly linkName: string;
  /** "to sqlmi2", and what to do where that instance is not the connected one. */
  readonly words: string;
}

/** In the order of the names. */
export function linkOptions(estate: Estate, linkNames: readonly string[]): readonly LinkOption[] {
  const { links } = findLinks(estate);
  return linkNames.map((linkName) => {
    const link = links.find(({ name }) => name === linkName);
    const partner = link?.box.kind === "seen" ? partnerOf(link.box.partnerEndpointUrl) : undefined;
    if (partner === undefined) return { linkName, words: "To which instance is not shown." };
    const name = visibleText(shortName("instance", partner.host));
    return { linkName, words: `To ${name}.${connectWords(link?.instance.kind, name)}` };
  });
}

function connectWords(instance: LinkEnd["kind"] | undefined, name: string): string {
  switch (instance) {
    case "seen":
      return " It is connected.";
    case "absent":
      return ` Another instance is connected: sign in to ${name} on the wizard's page for it.`;
    default:
      return "";
  }
}
