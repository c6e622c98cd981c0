import { describe, expect, test } from "vitest";
import { errorNumber, fixture, withServer } from "./server-parts.ts";
import type { ScenarioPatch } from "./server-parts.ts";

/** The instance is primary, so SQL Server's copy is the secondary. */
const swapped =
  (secondaryAllowConnections: "NO" | "READ_ONLY" | "ALL"): ScenarioPatch =>
  (scenario) => ({
    ...withServer("box", { secondaryAllowConnections })(scenario),
    primary: "instance",
  });

describe("opening a database", () => {
  test("answers with the database's own spelling", () => {
    const { host, session } = fixture("box");
    expect(host.openDatabase("aDATUM", session)).toBe("Adatum");
    expect(host.openDatabase("MASTER", session)).toBe("master");
  });

  test("a database that is not there is 911, whatever its name", () => {
    const { host, session } = fixture("box");
    expect(() => host.openDatabase("no ] ' such\n$(x)", session)).toThrow(
      "Database 'no ] ' such\n$(x)' does not exist.",
    );
    expect(errorNumber(() => host.openDatabase("x", session))).toBe(911);
  });

  test("a secondary that allows no connections is 976, also for a three-part name", () => {
    const { host, session, read } = fixture("box", swapped("NO"));
    expect(errorNumber(() => host.openDatabase("Adatum", session))).toBe(976);
    expect(errorNumber(() => read("dbo.Orders"))).toBe(976);
    expect(host.databaseProperty("Adatum", "updateability")).toBe("READ_ONLY");
  });

  test("a secondary for read intent only is 978 without that intent", () => {
    const { host, session, connect } = fixture("box", swapped("READ_ONLY"));
    expect(errorNumber(() => host.openDatabase("Adatum", session))).toBe(978);
    const reader = connect({ readOnlyIntent: true });
    expect(host.openDatabase("Adatum", reader)).toBe("Adatum");
  });

  test("while the roles change it is 983", () => {
    const { host, session, parts } = fixture("box");
    parts.world.state.box.linkRole = "RESOLVING";
    expect(errorNumber(() => host.openDatabase("Adatum", session))).toBe(983);
  });

  test("a secondary that allows all connections opens", () => {
    const { host, session, read } = fixture("box", swapped("ALL"));
    expect(host.openDatabase("Adatum", session)).toBe("Adatum");
    expect(read("dbo.Orders").length).toBeGreaterThan(0);
  });

  test("on a node that is not primary of its own group it is closed like on any secondary", () => {
    const { host, session } = fixture(
      "box",
      withServer("box", { localRole: "SECONDARY", localPrimaryReplica: "SQLBOX02" }),
    );
    expect(errorNumber(() => host.openDatabase("Adatum", session))).toBe(976);
  });

  test("DATABASEPROPERTYEX tells the role, and NULL for what it does not know", () => {
    const box = fixture("box");
    const instance = fixture("instance");
    expect(box.host.databaseProperty("adatum", "Updateability")).toBe("READ_WRITE");
    expect(instance.host.databaseProperty("Adatum", "Updateability")).toBe("READ_ONLY");
    expect(box.host.databaseProperty("Adatum", "Status")).toBe("ONLINE");
    expect(box.host.databaseProperty("Adatum", "Colour")).toBeNull();
    expect(box.host.databaseProperty("absent", "Status")).toBeNull();
  });
});
