import { describe, expect, test } from "vitest";
import type { ScenarioPatch } from "./server-parts.ts";
import { errorNumber, fixture, withServer } from "./server-parts.ts";

const without = (...deniedPermissions: readonly string[]): ScenarioPatch =>
  withServer("box", { deniedPermissions });

describe("permissions of the practice login", () => {
  test("with nothing denied it is sysadmin and has every right", () => {
    const { host, session } = fixture("box");
    expect(host.isServerRoleMember(session, "sysadmin")).toBe(1);
    expect(host.hasPermission(session, null, null, "control server")).toBe(1);
    expect(host.hasPermission(session, "LINK_Adatum", "AVAILABILITY GROUP", "ALTER")).toBe(1);
  });

  test("an unknown permission, class, role or group is NULL", () => {
    const { host, session } = fixture("box");
    expect(host.hasPermission(session, null, null, "VIEW EVERYTHING")).toBeNull();
    expect(host.hasPermission(session, "x", "TEAPOT", "ALTER")).toBeNull();
    expect(host.hasPermission(session, "absent", "AVAILABILITY GROUP", "ALTER")).toBeNull();
    expect(host.isServerRoleMember(session, "teapot")).toBeNull();
  });

  test("VIEW SERVER PERFORMANCE STATE is unknown before SQL Server 2022", () => {
    const old = fixture("box", withServer("box", { productVersion: "15.0.4430.1" }));
    const question = "VIEW SERVER PERFORMANCE STATE";
    expect(old.host.hasPermission(old.session, null, null, question)).toBeNull();
    const instance = fixture("instance");
    expect(instance.host.hasPermission(instance.session, null, null, question)).toBe(1);
  });

  test("without VIEW SERVER STATE the state views answer 300 on every version", () => {
    for (const productVersion of ["15.0.4430.1", "16.0.4195.2"]) {
      const { read, host, session } = fixture(
        "box",
        withServer("box", { productVersion, deniedPermissions: ["VIEW SERVER STATE"] }),
      );
      expect(errorNumber(() => read("sys.dm_hadr_database_replica_states"))).toBe(300);
      expect(errorNumber(() => read("sys.dm_tran_locks"))).toBe(300);
      expect(host.hasPermission(session, null, null, "VIEW SERVER STATE")).toBe(0);
      expect(host.isServerRoleMember(session, "sysadmin")).toBe(0);
    }
  });

  test("without VIEW SERVER PERFORMANCE STATE alone 2022 refuses the views and names that permission", () => {
    const { read, host, session } = fixture("box", without("VIEW SERVER PERFORMANCE STATE"));
    expect(() => read("sys.dm_hadr_availability_replica_states")).toThrow(
      "VIEW SERVER PERFORMANCE STATE permission was denied on object 'server', database 'master'.",
    );
    expect(host.hasPermission(session, null, null, "VIEW SERVER STATE")).toBe(1);
  });

  test("without VIEW SERVER STATE a login sees its own session and no other", () => {
    const { read, session, connect } = fixture("box", without("VIEW SERVER STATE"));
    connect();
    expect(read("sys.dm_exec_sessions").map((row) => row["session_id"])).toEqual([
      session.sessionId,
    ]);
  });

  test("without VIEW ANY DEFINITION the catalog views are empty, and that is no error", () => {
    const { read } = fixture("box", without("VIEW ANY DEFINITION"));
    expect(read("sys.availability_groups")).toEqual([]);
    expect(read("sys.availability_replicas")).toEqual([]);
    expect(read("sys.certificates")).toEqual([]);
    expect(read("sys.databases").map((row) => row["name"])).toContain("Adatum");
    expect(read("sys.dm_hadr_database_replica_states")).not.toEqual([]);
  });

  test.each(["ALTER ANY AVAILABILITY GROUP", "CONTROL SERVER"])(
    "without %s a failover and a drop are refused with 15151",
    async (permission) => {
      const { host, session } = fixture("box", without(permission));
      const signal = new AbortController().signal;
      const run = (kind: "availabilityGroupFailover" | "dropAvailabilityGroup") =>
        host.run({ kind, group: "a ] ' b" }, session, signal)[Symbol.asyncIterator]().next();
      await expect(run("availabilityGroupFailover")).rejects.toThrow(
        "Cannot alter the availability group 'a ] ' b', because it does not exist or you do not have permission.",
      );
      await expect(run("dropAvailabilityGroup")).rejects.toMatchObject({ sql: { number: 15151 } });
      const right = host.hasPermission(session, "[LINK_Adatum]", "AVAILABILITY GROUP", "CONTROL");
      expect(right).toBe(0);
    },
  );

  test("msdb without SELECT answers 229, without CONNECT 916", () => {
    const unread = fixture("box", without("SELECT msdb"));
    expect(errorNumber(() => unread.read("dbo.backupset"))).toBe(229);
    const closed = fixture("box", without("CONNECT msdb"));
    expect(errorNumber(() => closed.read("dbo.backupset"))).toBe(916);
    expect(errorNumber(() => closed.host.openDatabase("msdb", closed.session))).toBe(916);
  });
});
