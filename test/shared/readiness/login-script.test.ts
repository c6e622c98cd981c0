// The script of the missing logins: what it creates, what it leaves to a person, and what no name can break out of.
import { describe, expect, test } from "vitest";
import type { LoginGap } from "../../../shared/readiness/login-gaps.ts";
import { toLoginScript } from "../../../shared/readiness/login-script.ts";
import type { LoginType } from "../../../shared/readiness/server-objects.ts";
import { hostileNames } from "../estate/sample-estate.ts";

const of = {
  environment: "test",
  linkName: "LINK",
  side: "instance",
  serverName: "sqlmi1",
} as const;

function gap(kind: LoginGap["kind"], name: string, type: LoginType): LoginGap {
  const login = { name, type, sid: "0x01AB" };
  return { kind, login, users: [{ ...login, database: "Adatum" }] };
}

const textOf = (one: LoginGap, side: "box" | "instance" = "instance") =>
  toLoginScript([one], { ...of, side })?.text ?? "";

describe("the script", () => {
  test("gives a SQL login the SID of the users, and waits for its password", () => {
    const text = textOf(gap("missing", "app", "S"));
    expect(text).toContain("DECLARE @password nvarchar(128) = N'<type the password>';");
    expect(text).toContain("N'CREATE LOGIN [app] WITH PASSWORD = N'");
    expect(text).toContain(", SID = 0x01AB;'");
  });

  test("creates a Microsoft Entra login without anything secret", () => {
    const text = textOf(gap("missing", "dana@adatum.example", "E"));
    expect(text).toContain("EXEC (N'CREATE LOGIN [dana@adatum.example] FROM EXTERNAL PROVIDER;');");
    expect(text).not.toContain("@password");
  });

  test("asks for the Microsoft Entra name of a Windows login on an instance, and creates it as it is on SQL Server", () => {
    const windows = gap("missing", "ADATUM\\svc", "U");
    expect(textOf(windows)).toContain("@entraName nvarchar(128) = N'<type the name");
    expect(textOf(windows)).toContain("ALTER USER [ADATUM\\svc] WITH LOGIN = ");
    expect(textOf(windows, "box")).toContain("EXEC (N'CREATE LOGIN [ADATUM\\svc] FROM WINDOWS;');");
  });

  test("drops nothing: a login with another SID is for its administrator", () => {
    const text = textOf(gap("otherSid", "app", "S"));
    expect(text).toMatch(/^-- .*drop it yourself: DROP LOGIN \[app\];$/mu);
    expect(text).not.toMatch(/^DROP|EXEC \(N'DROP/mu);
  });

  test.each(["disabled", "nowhere"] as const)("is not there for a login that is %s", (kind) => {
    expect(toLoginScript([gap(kind, "app", "S")], of)).toBeUndefined();
  });

  test.each(hostileNames)("keeps a hostile name inside its quotes: %s", (name) => {
    const lines = textOf(gap("missing", name, "S")).split("\n");
    expect(lines.filter((line) => line === "GO")).toHaveLength(3);
    expect(lines.some((line) => line.includes("$("))).toBe(false);
  });
});
