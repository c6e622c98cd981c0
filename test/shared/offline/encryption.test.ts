// Whether SQL Server holds the key of the database that is to be brought back: there, missing, or not known.
import { expect, test } from "vitest";
import { checkOffline } from "../../../shared/offline/checks.ts";
import type { Encryptor, OfflineInput, TargetFacts } from "../../../shared/offline/input.ts";
import { offlineInput } from "../../scenarios/offline-estate.ts";
import { adatum } from "../../scenarios/linked-estate.ts";

const own = "0x5F2B8C1D90E7A3466B1F0D2C84E95A7733C6D1B8";
const other = "0x00000000000000000000000000000000000000AA";

function encryptedBy(encryptor: Encryptor, target: Partial<TargetFacts> | "unread") {
  const input = offlineInput(adatum, "there");
  if (input.source.kind !== "seen" || input.target.kind !== "seen")
    throw new Error("Both are read.");
  const silent = {
    code: "noAnswer",
    class: "retry",
    summary: "It is silent.",
    remedy: "",
  } as const;
  const all: OfflineInput = {
    ...input,
    source: { kind: "seen", value: { ...input.source.value, encryptor } },
    target:
      target === "unread"
        ? { kind: "failed", problem: silent }
        : { kind: "seen", value: { ...input.target.value, ...target } },
  };
  return checkOffline(all).filter(({ check }) => check === "encryption");
}

const byKey = (thumbprint: string | null): Encryptor => ({ type: "ASYMMETRIC KEY", thumbprint });
const is =
  "AdatumBooks is encrypted on sqlmi1.0123456789ab.database.windows.net with a key of your own";
const how =
  "Give SQLBOX01 access to that key by its extensible key management provider, then in master: CREATE ASYMMETRIC KEY ... FROM PROVIDER ... WITH CREATION_DISPOSITION = OPEN_EXISTING.";

test.each([own, own.toLowerCase()])("%s among SQL Server's keys is enough", (key) => {
  expect(encryptedBy(byKey(own), { keys: [other, key] })).toMatchObject([
    {
      level: "passed",
      where: "box",
      summary: `${is}, and SQLBOX01 has that key (thumbprint ${own}).`,
    },
  ]);
});

test.each([[[]], [[other]]])("with %j of SQL Server's own the restore would be refused", (keys) => {
  expect(encryptedBy(byKey(own), { keys })).toMatchObject([
    {
      level: "failed",
      blocks: true,
      where: "box",
      summary: `${is}, and SQLBOX01 has no key of its thumbprint ${own}. Without it the restore is refused (33111).`,
      remedy: how,
    },
  ]);
});

test.each([
  ["its thumbprint is not told", byKey(null), { keys: [own] }],
  ["SQLBOX01 was not read", byKey(own), "unread"],
] as const)(
  "where %s it is not known, and does not stand in the way by itself",
  (why, by, target) => {
    expect(encryptedBy(by, target)).toMatchObject([
      {
        level: "unknown",
        blocks: false,
        summary: `${is}. Whether SQLBOX01 has that key is not known: ${why}. Without it the restore is refused (33111).`,
        remedy: `Make sure that SQLBOX01 has it: ${how}`,
      },
    ]);
  },
);

test("the service's own key is refused, whatever SQL Server holds", () => {
  const found = encryptedBy({ type: "CERTIFICATE", thumbprint: own }, { keys: [own] });
  expect(found).toMatchObject([{ level: "failed", where: "instance" }]);
});
