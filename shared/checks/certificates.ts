// Check: the certificates that the link's endpoints live on are valid, and for long enough.
import type { EndpointCertificate } from "../estate/estate.ts";
import type { LinkEnd } from "../estate/link.ts";
import { partnerOf } from "../estate/partner-url.ts";
import { visibleText } from "../visible-text.ts";
import type { Check, Place } from "./check.ts";
import { askFact, askSide, failed, passed, unknown, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

const check = { name: "certificates", blocks: false };
const soonDays = 30;

const words = {
  endpoint: "endpoint certificate",
  partner: "partner's certificate",
  authority: "authority's certificate",
} as const;

export const certificates: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, check, (seen) =>
      askFact(seen, seen.facts.certificates, { what: "certificates", blocks: false }, (all) => {
        const { place } = seen;
        const own = all.filter((one) => isOfLink(one, input.link[side]));
        const bad = all.flatMap((one) => judge(place, one, own.includes(one)));
        if (bad.length > 0) return bad;
        if (own.length === 0) {
          return [
            unknown(place, false, {
              summary: `${place.server} shows no certificate of its endpoint.`,
              remedy: "Look at the endpoint's certificates with a login that owns them.",
            }),
          ];
        }
        const days = Math.min(...own.map((one) => one.daysLeft));
        return [
          passed(place, `The link's certificates on ${place.server} have ${days} days left.`),
        ];
      }),
    ),
  );

/** The server's own, and the one named exactly as the partner (configure link by script); others may be leftovers. */
function isOfLink({ use, name }: EndpointCertificate, end: LinkEnd): boolean {
  if (use === "endpoint") return true;
  const host = end.kind === "seen" ? partnerOf(end.partnerEndpointUrl)?.host : undefined;
  return use === "partner" && name.toLowerCase() === host?.toLowerCase();
}

function judge(
  place: Place,
  { name, use, daysLeft, expiryDate }: EndpointCertificate,
  isOwn: boolean,
): readonly Finding[] {
  const what = `The ${words[use]} ${visibleText(name)} on ${place.server}`;
  const day = visibleText(expiryDate.slice(0, 10));
  if (daysLeft < 0) {
    return [
      isOwn
        ? failed(place, `${what} expired on ${day}.`, "Renew it before any failover.")
        : warning(place, `${what} expired on ${day}.`, "Remove it, or renew it if it is in use."),
    ];
  }
  return isOwn && daysLeft < soonDays
    ? [warning(place, `${what} expires on ${day}, in ${daysLeft} days.`, "Renew it soon.")]
    : [];
}
