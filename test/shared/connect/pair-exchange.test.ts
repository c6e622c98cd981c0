// Connections as a file: what leaves, what is taken in, and every refusal in words that repeat nothing of the file.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  exportText,
  merge,
  mostCharacters,
  pairsIn,
} from "../../../shared/connect/pair-exchange.ts";
import { mostPairs } from "../../../shared/connect/saved-pair.ts";
import type { SavedPair } from "../../../shared/connect/saved-pair.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Problem } from "../../../shared/errors/app-error.ts";

const server = {
  usePublicEndpoint: false,
  encrypt: "mandatory",
  authentication: { kind: "sqlLogin", login: "dba" },
  trustedFingerprint: "AB".repeat(32),
} as const;
const pair = (box: string, more: Partial<SavedPair> = {}): SavedPair => ({
  name: null,
  environment: "production",
  isPinned: false,
  usedAt: "2026-11-21T08:00:00.000Z",
  box: { ...server, server: box, serverName: box },
  instance: { ...server, server: "sqlmi1.zone.database.windows.net", serverName: "sqlmi1" },
  ...more,
});

function refusal(text: string): Problem {
  try {
    pairsIn(text);
  } catch (error) {
    if (error instanceof AppError) return error.problem;
    throw error;
  }
  throw new Error("It was taken in.");
}

/** The exported file with one change to its JSON. */
function changed(edit: (file: Record<string, unknown>) => void): string {
  const file = JSON.parse(exportText([pair("SQLBOX01")])) as Record<string, unknown>;
  edit(file);
  return JSON.stringify(file);
}

describe("an exported file", () => {
  test("is read again with everything but the trust in certificates", () => {
    const [read] = pairsIn(exportText([pair("SQLBOX01", { name: "Payroll" })]));
    const untrusted = { ...server, trustedFingerprint: null };
    expect(read).toEqual({
      ...pair("SQLBOX01", { name: "Payroll" }),
      box: { ...untrusted, server: "SQLBOX01", serverName: "SQLBOX01" },
      instance: { ...pair("x").instance, trustedFingerprint: null },
    });
  });

  test("holds no fingerprint, and a file that holds one gives no trust", () => {
    const text = exportText([pair("SQLBOX01")]);
    expect(text).not.toContain("ABAB");
    const trusting = text.replaceAll(
      '"trustedFingerprint": null',
      `"trustedFingerprint": "${"CD".repeat(32)}"`,
    );
    expect(pairsIn(trusting)[0]?.box.trustedFingerprint).toBeNull();
  });
});

describe("a file is refused", () => {
  test.each(["password", "Passwort", "pwd", "clientSecret", "access_token"])(
    "with the field %s anywhere in it, which is named and not its value",
    (field) => {
      const text = changed((file) => {
        file["pairs"] = [{ ...pair("SQLBOX01"), box: { ...pair("x").box, [field]: "hunter2" } }];
      });
      const { code, summary, remedy } = refusal(text);
      expect([code, summary]).toEqual([
        "importHoldsSecret",
        `The file has a field "${field}". Secrets are never taken from a file.`,
      ]);
      expect(`${summary} ${remedy}`).not.toContain("hunter2");
    },
  );

  test("with a field that this version does not know, by its place", () => {
    const text = changed((file) => {
      file["pairs"] = [{ ...pair("SQLBOX01"), colour: "red" }];
    });
    expect(refusal(text)).toMatchObject({
      code: "importNotUnderstood",
      summary: 'The file is not as expected at "pairs.0.colour".',
    });
  });

  test.each([
    ["of another version", changed((file) => (file["formatVersion"] = 2)), "importOtherVersion"],
    ["of another program", '{"format":"other","formatVersion":1}', "importNotOurs"],
    ["that is no JSON", "{", "importNotOurs"],
    ["that is empty", "", "importNotOurs"],
    ["that is too large", "x".repeat(mostCharacters + 1), "importTooLarge"],
    [
      "with too many pairs",
      changed((file) => {
        file["pairs"] = Array.from({ length: mostPairs + 1 }, (_, at) => pair(`B${String(at)}`));
      }),
      "importNotUnderstood",
    ],
  ])("%s", (_what, text, code) => {
    expect(refusal(text.slice(0, mostCharacters + 1)).code).toBe(
      text.length > mostCharacters ? "importTooLarge" : code,
    );
  });

  test("whatever it holds: with a sentence, never with another error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(refusal(text).remedy).not.toBe("");
      }),
    );
  });
});

describe("what is taken in", () => {
  test("is pinned where it is new, and one with what is known where it is not", () => {
    const known = pair("SQLBOX01", { name: "Payroll" });
    const other = pair("sqlbox01", { name: "Other", environment: "test" });
    const merged = merge([known], [other, other, pair("SQLBOX02")], false);
    expect(merged).toEqual({
      pairs: [{ ...known, isPinned: true }, pair("SQLBOX02", { isPinned: true })],
      added: 1,
      merged: 2,
      leftOut: 0,
    });
  });

  test.each([
    [true, "practice"],
    [false, "production"],
  ] as const)("in a practice window (%s) is only what is %s", (isPractice, environment) => {
    const both = [pair("A", { environment: "practice" }), pair("B")];
    const merged = merge([], both, isPractice);
    expect(merged.pairs.map((one) => one.environment)).toEqual([environment]);
    expect(merged.leftOut).toBe(1);
  });

  test("is refused whole where there would be too many", () => {
    const known = Array.from({ length: mostPairs }, (_, at) =>
      pair(`B${String(at)}`, { isPinned: true }),
    );
    expect(() => merge(known, [pair("NEW")], false)).toThrow("more than 100 connections");
  });
});
