// What a login becomes for the driver: whose certificate counts, and the newest token at each connection.
import { describe, expect, test } from "vitest";
import { poolConfig } from "../../../electron/sql/pool-config.ts";
import type { ServerLogin } from "../../../electron/sql/session.ts";

const login: ServerLogin = {
  side: "instance",
  host: "sqlmi1.abc.database.windows.net",
  port: 3342,
  instanceName: undefined,
  login: "dba@adatum.example",
  password: "P@ss",
  encrypt: "strict",
  caCertificatePem: undefined,
  certificateName: undefined,
};

describe("poolConfig", () => {
  test("sends login and password where there is no token", () => {
    const { user, password, authentication } = poolConfig(login);
    expect([user, password, authentication]).toEqual([login.login, "P@ss", undefined]);
  });

  test("hands out the newest token each time, and no password beside it", () => {
    let token = "first";
    const { user, password, authentication } = poolConfig({ ...login, accessToken: () => token });
    const seen = () => authentication?.options;
    expect([user, password, authentication?.type]).toEqual([
      undefined,
      undefined,
      "azure-active-directory-access-token",
    ]);
    expect(seen()).toMatchObject({ token: "first" });
    token = "second";
    expect(seen()).toMatchObject({ token: "second" });
  });

  test("asks for NTLM with domain, user and password where there is a domain, and for no other login", () => {
    const { user, password, authentication } = poolConfig({
      ...login,
      login: "dba",
      domain: "CORP",
    });
    expect([user, password]).toEqual([undefined, undefined]);
    expect(authentication).toEqual({
      type: "ntlm",
      options: { userName: "dba", password: "P@ss", domain: "CORP" },
    });
  });

  test("never trusts blindly, and names what it trusts beside the system's authorities", () => {
    expect(poolConfig(login).options).toMatchObject({
      encrypt: "strict",
      trustServerCertificate: false,
    });
    expect(poolConfig(login).options).not.toHaveProperty("cryptoCredentialsDetails");
    const trusting = poolConfig({ ...login, caCertificatePem: "PEM", certificateName: "sqlmi1" });
    expect(trusting.options).toMatchObject({
      trustServerCertificate: false,
      serverName: "sqlmi1",
      cryptoCredentialsDetails: { ca: "PEM", allowPartialTrustChain: true },
    });
  });
});
