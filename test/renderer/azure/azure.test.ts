// Where a sign-in stands, and how long tokens and codes still hold.
import { describe, expect, test } from "vitest";
import { clientIdTyped } from "../../../renderer/azure/client-id.ts";
import { signInAfter } from "../../../renderer/azure/azure-state.ts";
import { countdown, lifeOf, tokenLife } from "../../../renderer/azure/token-life.ts";

const now = Date.parse("2026-11-21T20:00:00.000Z");
const code = {
  userCode: "ABCD-EFGH",
  verificationUri: "https://login.example/device",
  expiresAt: "2026-11-21T20:15:00.000Z",
};

describe("a sign-in", () => {
  test("shows the code that Azure gives while it waits for one", () => {
    const waiting = signInAfter({ kind: "idle" }, { kind: "started", method: "deviceCode" });
    expect(signInAfter(waiting, { kind: "codeGiven", code })).toEqual({ kind: "deviceCode", code });
  });

  test("shows no code that comes after it was cancelled, or to a sign-in by the browser", () => {
    const browser = signInAfter({ kind: "idle" }, { kind: "started", method: "browser" });
    for (const stage of [{ kind: "idle" } as const, browser]) {
      expect(signInAfter(stage, { kind: "codeGiven", code })).toBe(stage);
    }
  });

  test("ends with its problem, which a new one forgets", () => {
    const problem = { code: "x", class: "block", summary: "Refused.", remedy: "Ask." } as const;
    const refused = signInAfter({ kind: "browser" }, { kind: "ended", problem });
    expect(refused).toEqual({ kind: "idle", problem });
    expect(signInAfter(refused, { kind: "started", method: "browser" })).toEqual({
      kind: "browser",
    });
  });
});

test.each([
  [null, "none"],
  ["2026-11-21T20:47:59.000Z", "47 min"],
  ["2026-11-21T20:00:59.000Z", "59 s"],
  ["2026-11-21T20:00:00.000Z", "ended"],
  ["2026-11-21T19:00:00.000Z", "ended"],
])("a token until %s holds: %s", (until, words) => {
  expect(lifeOf(until, now)).toBe(words);
});

test("the status bar tells both audiences, or that nobody is signed in", () => {
  const account = {
    accountId: "1",
    name: "dba",
    tenantId: "t",
    armTokenUntil: "2026-11-21T20:47:00.000Z",
    sqlTokenUntil: null,
  };
  expect(tokenLife(account, now)).toBe("Azure: tokens valid 47 min (ARM), none (SQL)");
  expect(tokenLife(null, now)).toBe("Azure: not signed in");
});

test("a code counts down to its end and has none left at it", () => {
  expect(countdown(code.expiresAt, now)).toBe("15:00");
  expect(countdown(code.expiresAt, now + 14 * 60_000 + 55_000)).toBe("0:05");
  expect(countdown(code.expiresAt, now + 15 * 60_000)).toBeUndefined();
});

test.each([
  [" 5C8F1D2E-9A43-4B67-8E10-D3F6A2B7C954\n", "5c8f1d2e-9a43-4b67-8e10-d3f6a2b7c954"],
  ["  ", null],
  ["5c8f1d2e", undefined],
  ["5c8f1d2e-9a43-4b67-8e10-d3f6a2b7c954 or so", undefined],
])("a client id typed as %j is %j", (typed, clientId) => {
  expect(clientIdTyped(typed)).toBe(clientId);
});
