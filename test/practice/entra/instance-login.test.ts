// A token of the directory opens the managed instance over TDS, and nothing else does.
import { describe, expect, test } from "vitest";
import { dana, fabrikam, sam } from "../../../practice/entra/directory.ts";
import { connect, practiceEstate, rowsOf, withPool } from "../server/practice-estate.ts";
import { codeFor, redeem } from "./authorization.ts";
import { armScope, sqlScope } from "./msal.ts";

const estate = practiceEstate({ scenario: "healthy", clock: "manual" });

async function tokenOf(upn: string, scope = sqlScope, tenant = "organizations"): Promise<string> {
  const { entra } = estate();
  const { body } = await redeem(entra, await codeFor(entra, upn, { tenant }), { scope });
  return String(body["access_token"]);
}

/** Number and text of the first error a refused login is answered with. */
async function refusal(
  kind: "sqlServer" | "managedInstance",
  token: string,
): Promise<string | undefined> {
  const told: { readonly number: number; readonly message?: string }[] = [];
  const onErrorMessage = (message: { readonly number: number }) => told.push(message);
  const pool = connect(estate(), kind, { token, onErrorMessage });
  await expect(pool).rejects.toThrow();
  const [first] = told;
  return first === undefined ? undefined : `${first.number} ${first.message ?? ""}`;
}

const refused = "18456 Login failed for user '<token-identified principal>'.";

describe("a token of the database audience", () => {
  test.each([dana, sam])("opens the instance as $upn, through its redirect", async ({ upn }) => {
    const token = await tokenOf(upn);
    const rows = await withPool(
      estate(),
      "managedInstance",
      (pool) =>
        rowsOf(
          pool,
          "SELECT SUSER_SNAME() AS login, (SELECT login_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID) AS session, (SELECT type_desc FROM sys.server_principals WHERE name = SUSER_SNAME()) AS kind",
        ),
      { token },
    );
    expect(rows).toEqual([{ login: upn, session: upn, kind: "EXTERNAL_LOGIN" }]);
  });

  test("is refused by SQL Server, which knows no Entra", async () => {
    expect(await refusal("sqlServer", await tokenOf(dana.upn))).toBe(refused);
  });

  test("is refused once its login is disabled", async () => {
    const token = await tokenOf(sam.upn);
    await withPool(estate(), "managedInstance", async (pool) => {
      await pool.request().query(`ALTER LOGIN [${sam.upn}] DISABLE`);
    });
    expect(await refusal("managedInstance", token)).toContain("18470");
    await withPool(estate(), "managedInstance", async (pool) => {
      await pool.request().query(`ALTER LOGIN [${sam.upn}] ENABLE`);
    });
  });
});

describe("the instance refuses", () => {
  test("a token of ARM's audience", async () => {
    expect(await refusal("managedInstance", await tokenOf(dana.upn, armScope))).toBe(refused);
  });

  test("a token of another tenant", async () => {
    const token = await tokenOf(dana.upn, sqlScope, fabrikam.tenantId);
    expect(await refusal("managedInstance", token)).toBe(refused);
  });

  test("an expired token", async () => {
    estate().control({ do: "entraFault", fault: { kind: "tokenLifetime", seconds: 0 } });
    const token = await tokenOf(dana.upn);
    estate().control({ do: "entraFault", fault: { kind: "tokenLifetime", seconds: 4200 } });
    expect(await refusal("managedInstance", token)).toBe(refused);
  });

  test("a token with a changed signature, and what is none", async () => {
    const token = await tokenOf(dana.upn);
    const [head = "", body = "", signature = ""] = token.split(".");
    const turned = Buffer.from(signature, "base64url").reverse().toString("base64url");
    for (const forged of [`${head}.${body}.${turned}`, `] ' " $(x) 🙂`]) {
      expect(await refusal("managedInstance", forged)).toBe(refused);
    }
  });
});
