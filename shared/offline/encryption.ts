// Whether SQL Server holds the key that the instance's database is encrypted with.
import type { Place } from "../checks/check.ts";
import { failed, passed, placeOf, unknown } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { nameOf } from "../estate/name-of.ts";
import { encryptionRemedy, missingKeyRemedy } from "../sql/offline-remedies.ts";
import { visibleText } from "../visible-text.ts";
import { askSource } from "./ask.ts";
import type { OfflineInput } from "./input.ts";
import { databaseOn } from "./copy-facts.ts";

/** 41922 at the backup, 33111 at the restore. */
export function encryption(input: OfflineInput): readonly Finding[] {
  return askSource(input, "encryption", (place, { encryptor }) => {
    const name = visibleText(input.database);
    if (encryptor === null) return [notShown(input, place)];
    if (encryptor.type === "ASYMMETRIC KEY") return [ownKey(input, encryptor.thumbprint)];
    return [
      failed(
        place,
        `${name} is encrypted with the service's own key, which never leaves Azure: the backup is refused (41922, 41979).`,
        encryptionRemedy(nameOf(input.estate.box)),
      ),
    ];
  });
}

function notShown(input: OfflineInput, place: Place): Finding {
  const name = visibleText(input.database);
  return (databaseOn(input, "instance")?.isEncrypted ?? false)
    ? unknown(place, true, {
        summary: `${name} is encrypted on ${place.server}, and whose key it is is not shown.`,
        remedy: "Read it with a login that has VIEW SERVER SECURITY STATE.",
      })
    : passed(place, `${name} is not encrypted on ${place.server}.`);
}

/** The engine looks for that very thumbprint in master when it restores. */
function ownKey({ database, estate, target }: OfflineInput, thumbprint: string | null): Finding {
  const place = placeOf("encryption", estate.box);
  const box = place.server;
  const is = `${visibleText(database)} is encrypted on ${nameOf(estate.instance)} with a key of your own`;
  const refused = "Without it the restore is refused (33111).";
  if (thumbprint === null || target.kind !== "seen") {
    const why = thumbprint === null ? "its thumbprint is not told" : `${box} was not read`;
    return unknown(place, false, {
      summary: `${is}. Whether ${box} has that key is not known: ${why}. ${refused}`,
      remedy: `Make sure that ${box} has it: ${missingKeyRemedy(box)}`,
    });
  }
  const isThere = target.value.keys.some((key) => key.toLowerCase() === thumbprint.toLowerCase());
  return isThere
    ? passed(place, `${is}, and ${box} has that key (thumbprint ${thumbprint}).`)
    : failed(
        place,
        `${is}, and ${box} has no key of its thumbprint ${thumbprint}. ${refused}`,
        missingKeyRemedy(box),
      );
}
