// How a remembered pair is called, and what stands below its name. Pure.
import { hasPassword } from "../../shared/connect/saved-pair.ts";
import type {
  SavedAuthentication,
  SavedPair,
  SavedServer,
} from "../../shared/connect/saved-pair.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { shortName } from "../ui/short-name.ts";

/** The operator's name for it, or its servers' own. */
export function pairName({ name, box, instance }: SavedPair): string {
  const own = `${shortName("box", box.serverName)} ↔ ${shortName("instance", instance.serverName)}`;
  return visibleText(name ?? own);
}

/** Where both are, and as whom. */
export function pairPlaces({ box, instance }: SavedPair): string {
  const of = (one: SavedServer) => `${visibleText(one.server)} as ${loginName(one.authentication)}`;
  return `${of(box)} · ${of(instance)}`;
}

/** The login, or what stands for it. */
export function loginName(authentication: SavedAuthentication): string {
  return hasPassword(authentication)
    ? visibleText(authentication.login)
    : text.connect.authentications[authentication.kind];
}
