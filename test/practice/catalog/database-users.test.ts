// The users of the linked database: they come with it, the logins of a server do not.
import { describe, expect, test } from "vitest";
import { errorNumber, fixture, withServer } from "../server/server-parts.ts";
import type { Fixture } from "../server/server-parts.ts";

const users = ({ read, connect }: Fixture) =>
  read("sys.database_principals", [], connect({ database: "AdatumBooks" }));

/** Names of the users that stand on a login which the server does not have. */
function withoutLogin(side: Fixture): readonly unknown[] {
  const logins = side.read("sys.server_principals").map((row) => String(row["sid"]));
  return users(side)
    .filter((row) => row["authentication_type_desc"] === "INSTANCE")
    .filter((row) => !logins.includes(String(row["sid"])))
    .map((row) => row["name"]);
}

describe("sys.database_principals", () => {
  test("shows the same users on both sides, and on the instance one of them without its login", () => {
    const box = fixture("box");
    const instance = fixture(
      "instance",
      withServer("instance", { secondaryAllowConnections: "ALL" }),
    );
    expect(users(instance).map((row) => [row["name"], row["sid"]])).toEqual(
      users(box).map((row) => [row["name"], row["sid"]]),
    );
    expect([withoutLogin(box), withoutLogin(instance)]).toEqual([[], ["adatum_report"]]);
  });

  test("tells a user without login apart from one whose login is missing", () => {
    const signer = users(fixture("box")).find((row) => row["name"] === "orders_signer");
    expect(signer).toMatchObject({ type: "S", authentication_type_desc: "NONE" });
  });

  test("hides the users without VIEW ANY DEFINITION, and the view where the database stays closed", () => {
    const blind = fixture("box", withServer("box", { deniedPermissions: ["VIEW ANY DEFINITION"] }));
    expect(users(blind).map((row) => row["name"])).not.toContain("adatum_report");
    const closed = fixture("instance", withServer("instance", { secondaryAllowConnections: "NO" }));
    expect(errorNumber(() => closed.read("sys.database_principals"))).toBe(976);
  });
});
