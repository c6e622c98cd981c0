// No login leaves before the certificate is trusted, and nothing is asked with a field missing.
import { describe, expect, test } from "vitest";
import {
  addressOf,
  connectAfter,
  initialConnect,
  isWorking,
  missingFields,
  trustedFingerprint,
} from "../../../renderer/connect/connect-state.ts";
import type { ConnectEvent, ConnectState } from "../../../renderer/connect/connect-state.ts";
import { fingerprintGroups } from "../../../renderer/connect/fingerprint-groups.ts";

const certificate = {
  subject: "CN=SQLBOX01",
  issuer: "CN=SQLBOX01",
  names: ["SQLBOX01"],
  validTo: "2027-01-01T00:00:00.000Z",
  fingerprint: "0A".repeat(32),
  isTrusted: false,
  because: "It signed itself.",
};
const after = (...events: readonly ConnectEvent[]): ConnectState =>
  events.reduce(connectAfter, initialConnect("box", false));

describe("what is missing", () => {
  const fields = { ...initialConnect("box", false).fields, server: " ", login: "\t" };
  test("is server, login and password of an empty SQL login, spaces not counting as names", () => {
    expect(missingFields(fields, null)).toEqual(["server", "login", "password"]);
  });

  test("is the domain of a Windows login that names none", () => {
    const windows = { ...fields, server: "a", password: "b", authentication: "windows" as const };
    expect(missingFields({ ...windows, login: "dba" }, null)).toEqual(["domain"]);
    expect(missingFields({ ...windows, login: "CORP\\dba" }, null)).toEqual([]);
  });

  test("is no password where one is remembered, until another server or login is typed", () => {
    const server = {
      ...{ server: "SQLBOX01", serverName: "SQLBOX01", usePublicEndpoint: false },
      encrypt: "mandatory",
      trustedFingerprint: null,
      authentication: { kind: "sqlLogin", login: "dba" },
    } as const;
    const prefill = { ...server, environment: "test", isPasswordKept: true } as const;
    const known = initialConnect("box", false, prefill);
    expect(missingFields(known.fields, null)).toEqual([]);
    const other = connectAfter(known, { kind: "changed", fields: { login: "sa" } });
    expect(missingFields(other.fields, null)).toEqual(["password"]);
  });

  test("is never a password made of spaces", () => {
    expect(missingFields({ ...fields, server: "a", login: "b", password: " " }, null)).toEqual([]);
  });

  test("is the account where Entra is chosen and nobody is signed in", () => {
    const entra = { ...fields, server: "a", authentication: "entra" as const };
    const account = {
      accountId: "1",
      name: "dba",
      tenantId: "t",
      armTokenUntil: null,
      sqlTokenUntil: null,
    };
    expect(missingFields(entra, null)).toEqual(["account"]);
    expect(missingFields(entra, account)).toEqual([]);
  });
});

describe("the certificate", () => {
  test("is trusted by its fingerprint only once ticked", () => {
    const shown = after({ kind: "untrusted", certificate });
    expect(trustedFingerprint(shown)).toBeNull();
    const ticked = connectAfter(shown, { kind: "ticked", isTicked: true });
    expect(trustedFingerprint(ticked)).toBe(certificate.fingerprint);
    expect(
      trustedFingerprint(connectAfter(ticked, { kind: "ticked", isTicked: false })),
    ).toBeNull();
  });

  test("is forgotten with its tick when the server's name is changed", () => {
    const changed = after(
      { kind: "untrusted", certificate },
      { kind: "ticked", isTicked: true },
      { kind: "changed", fields: { server: "other" } },
    );
    expect(changed.stage).toEqual({ kind: "form" });
    expect(trustedFingerprint(changed)).toBeNull();
  });

  test("is compared in groups of two digits", () => {
    expect(fingerprintGroups("0A1B2C")).toBe("0A:1B:2C");
  });
});

test("while the main process works nothing can be changed", () => {
  const probing = after({ kind: "changed", fields: { server: "a" } }, { kind: "probing" });
  expect(isWorking(probing)).toBe(true);
  expect(connectAfter(probing, { kind: "changed", fields: { server: "b" } })).toBe(probing);
});

test("SQL Server has no public endpoint: the tick goes when the type changes", () => {
  const state = after(
    { kind: "changed", fields: { side: "instance", usePublicEndpoint: true } },
    { kind: "changed", fields: { side: "box" } },
  );
  expect(state.fields.usePublicEndpoint).toBe(false);
});

test("an address goes out without the spaces around it, and without login or password", () => {
  const state = after({
    kind: "changed",
    fields: { server: " SQLBOX01\\SALES ", login: "dba", password: "secret" },
  });
  expect(addressOf(state.fields)).toEqual({
    side: "box",
    server: "SQLBOX01\\SALES",
    usePublicEndpoint: false,
    encrypt: "mandatory",
  });
});

test("outside practice a new connection is production until said otherwise", () => {
  expect(initialConnect("box", false).fields.environment).toBe("production");
  expect(initialConnect("box", true).fields.environment).toBe("practice");
});
