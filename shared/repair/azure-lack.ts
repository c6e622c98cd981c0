// What stands in the way of asking Azure in a repair: nobody is signed in, it knows no such link, the account may not. Pure.
import { armLinkOf, azureOf } from "../estate/link-in-azure.ts";
import type { LinkLook } from "../estate/link-state.ts";
import { wayNames } from "../ways/names.ts";
import type { Said } from "../ways/way.ts";
import { waysOf } from "../ways/ways-of.ts";

/** Of a DELETE of the link; undefined: nothing. */
export function removalLack({ estate, link }: LinkLook): Said | undefined {
  return waysOf(estate, link, { to: "instance", keepLink: false }).removal.lacks ?? undefined;
}

/** Of setRole; undefined: nothing. A right that is missing is none: Azure says so by 403, and T-SQL does it then. */
export function setRoleLack({ estate, link }: LinkLook): Said | undefined {
  return armLinkOf(azureOf(estate), link.name) === undefined
    ? wayNames(estate, link).azure
    : undefined;
}
