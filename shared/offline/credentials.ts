// Both servers reach the backup's container only by a credential of their own.
import type { Place } from "../checks/check.ts";
import { failed, passed } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { Side } from "../estate/estate.ts";
import { majorOf, supportOf } from "../estate/versions.ts";
import { isUrl } from "../repair/save-target.ts";
import { credentialRemedy } from "../sql/offline-remedies.ts";
import { visibleText } from "../visible-text.ts";
import { askSource, askTarget } from "./ask.ts";
import type { Credential, OfflineInput } from "./input.ts";
import { containerOf, credentialFor } from "./input.ts";

type OfflineCheck = (input: OfflineInput) => readonly Finding[];

export const sourceCredential: OfflineCheck = (input) =>
  askSource(input, "credential", (place, { credentials }) =>
    credentialOn(input, "instance", place, credentials),
  );

export const targetCredential: OfflineCheck = (input) =>
  askTarget(input, "credential", (place, { credentials }) =>
    credentialOn(input, "box", place, credentials),
  );

/** Its secret is nobody's here: what is shown is the statement with a place for it. */
function credentialOn(
  { choices, estate }: OfflineInput,
  side: Side,
  place: Place,
  credentials: readonly Credential[],
): readonly Finding[] {
  const url = choices.backupTo;
  if (!isUrl(url)) {
    return side === "box"
      ? []
      : [
          failed(
            place,
            `${place.server} takes backups to URLs alone (error 41902).`,
            "Name the URL of a container that both servers reach: https://...",
          ),
        ];
  }
  const container = containerOf(url);
  const own = credentialFor(credentials, url);
  if (own === undefined) {
    return [
      failed(
        place,
        `${place.server} has no credential for ${visibleText(container)}.`,
        credentialRemedy(side, container),
      ),
    ];
  }
  const isManaged = own.identity.toUpperCase() === "MANAGED IDENTITY";
  const reading = estate[side];
  const isOldBox = side === "box" && reading.kind === "seen" && majorOf(reading.facts.server) < 17;
  return isManaged && isOldBox
    ? [
        failed(
          place,
          `The credential ${visibleText(own.name)} on ${place.server} stands on a managed identity, which ${supportOf(reading.facts.server).versionName} does not have.`,
          credentialRemedy(side, container),
        ),
      ]
    : [passed(place, `${place.server} has the credential ${visibleText(own.name)}.`)];
}
