// Encryption: who asks for it, who insists, and which certificates a client accepts.
import { describe, expect, test } from "vitest";
import { failureOf, numbers } from "./outputs.ts";
import { goodPassword } from "./fake-backend.ts";
import { practiceServer, withPool } from "./practice-server.ts";
import type { ConnectOptions, PracticeServer } from "./practice-server.ts";
import { goodStart, untilClosed } from "./raw-client.ts";
import { recordingProxy } from "./recording-proxy.ts";
import { tsql } from "./tsql.ts";

const optional = practiceServer("optional");
const required = practiceServer("required");

async function select(to: PracticeServer, options: ConnectOptions): Promise<unknown> {
  to.backend.scripts.set("select 7", () => numbers("x", 7));
  const result = await withPool(to, options, (pool) => pool.request().batch("select 7"));
  return { x: result.recordset[0] as unknown, encrypted: to.backend.logins.at(-1)?.encrypted };
}

describe("mssql", () => {
  test("without encryption is served where it is optional", async () => {
    expect(await select(optional, { encrypt: false })).toEqual({ x: { x: 7 }, encrypted: false });
  });

  test.each([
    ["optional", true],
    ["optional", "strict"],
    ["required", true],
    ["required", "strict"],
  ] as const)("is served by a server where it is %s with encrypt %s", async (policy, encrypt) => {
    const to = policy === "optional" ? optional : required;
    expect(await select(to, { encrypt })).toEqual({ x: { x: 7 }, encrypted: true });
  });

  test("without encryption gives up before it logs in where the server requires it", async () => {
    const reason = await failureOf(select(required, { encrypt: false }));
    expect([reason.code, required.backend.logins.length]).toEqual(["EENCRYPT", 0]);
  });

  test.each([true, "strict"] as const)(
    "refuses a certificate for another host, with encrypt %s, and does not log in",
    async (encrypt) => {
      const serverName = "sqlmi2.0123456789ab.database.windows.net";
      const reason = await failureOf(select(required, { encrypt, serverName }));
      expect([reason.code, reason.message, required.backend.logins.length]).toEqual([
        "ESOCKET",
        expect.stringContaining("does not match certificate's altnames"),
        0,
      ]);
    },
  );

  test.each([true, "strict"] as const)(
    "refuses a certificate of an authority it does not trust, with encrypt %s, and does not log in",
    async (encrypt) => {
      const reason = await failureOf(select(required, { encrypt, trusts: [optional] }));
      expect([reason.code, reason.message, required.backend.logins.length]).toEqual([
        "ESOCKET",
        expect.stringContaining("unable to verify the first certificate"),
        0,
      ]);
    },
  );

  test.each([true, "strict"] as const)(
    "of 5000 wide rows reads all of them with encrypt %s",
    async (encrypt) => {
      required.backend.scripts.set("wide", function* () {
        yield {
          kind: "columns",
          columns: [{ name: "t", type: { name: "nvarchar", length: 200 } }],
        };
        for (let n = 0; n < 5000; n += 1)
          yield { kind: "row", values: [String(n).padStart(200, "ö")] };
      });
      const rows = await withPool(required, { encrypt }, (pool) => pool.request().batch("wide"));
      const last = rows.recordset.at(-1) as unknown;
      expect([rows.recordset.length, last]).toEqual([5000, { t: "4999".padStart(200, "ö") }]);
    },
  );
});

describe("FreeTDS", () => {
  /** What the wire shows in plain text of a login and a batch. */
  async function readable(to: PracticeServer, encryption: string): Promise<unknown> {
    to.backend.scripts.set("select 'in plain sight'\n", () => numbers("x", 7));
    const proxy = await recordingProxy(to.port);
    const { stdout } = await tsql({
      port: proxy.port,
      password: goodPassword,
      input: "select 'in plain sight'\ngo\n",
      settings: [`encryption = ${encryption}`],
    });
    await proxy.close();
    const shows = (text: string): boolean => proxy.sent().includes(Buffer.from(text, "utf16le"));
    return { answered: /^7$/mu.test(stdout), login: shows("dba"), batch: shows("in plain sight") };
  }

  test("with encryption off sends everything in plain text", async () => {
    expect(await readable(optional, "off")).toEqual({ answered: true, login: true, batch: true });
  });

  test("with encryption requested encrypts the login alone where it is optional", async () => {
    expect(await readable(optional, "request")).toEqual({
      answered: true,
      login: false,
      batch: true,
    });
  });

  test.each(["request", "require"])(
    "with encryption %s encrypts everything where the server requires it",
    async (encryption) => {
      expect(await readable(required, encryption)).toEqual({
        answered: true,
        login: false,
        batch: false,
      });
    },
  );

  test.each([
    ["its authority is trusted", required, true],
    ["another authority is trusted", optional, false],
  ] as const)("that checks the certificate logs in only where %s", async (_, trusted, served) => {
    required.backend.scripts.set("select 7\n", () => numbers("x", 7));
    const { stdout } = await tsql({
      port: required.port,
      password: goodPassword,
      input: "select 7\ngo\n",
      settings: ["encryption = require", "check certificate hostname = yes"],
      caCertificatePem: trusted.authority.caCertificatePem,
    });
    expect([/^7$/mu.test(stdout), required.backend.logins.length]).toEqual([
      served,
      served ? 1 : 0,
    ]);
  });

  test("with encryption off is not served where the server requires it", async () => {
    expect(await readable(required, "off")).toMatchObject({ answered: false, login: false });
    expect(required.backend.logins).toEqual([]);
  });
});

test("a login in plain text that insists is not served where encryption is required", async () => {
  const answer = await untilClosed(required.port, goodStart(goodPassword), "stay");
  expect(answer.includes(Buffer.from("Microsoft SQL Server", "utf16le"))).toBe(false);
  expect(required.backend.logins).toEqual([]);
});
