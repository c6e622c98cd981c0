// One line of T-SQL for each kind of change.
import { expect, test } from "vitest";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { describeStatement } from "../../../practice/world/describe-statement.ts";

const options = new Map([["AVAILABILITY_MODE", "SYNCHRONOUS_COMMIT"]]);
const nasty = "a]b'c";

test.each<[ServerStatement, string]>([
  [
    { kind: "availabilityGroupFailover", group: nasty },
    "ALTER AVAILABILITY GROUP [a]]b'c] FAILOVER",
  ],
  [
    { kind: "availabilityGroupForceFailover", group: "g" },
    "ALTER AVAILABILITY GROUP [g] FORCE_FAILOVER_ALLOW_DATA_LOSS",
  ],
  [
    { kind: "availabilityGroupSet", group: "g", options: new Map([["ROLE", "SECONDARY"]]) },
    "ALTER AVAILABILITY GROUP [g] SET (ROLE = SECONDARY)",
  ],
  [
    { kind: "availabilityGroupModifyGroups", group: "g", members: [{ name: nasty, options }] },
    "ALTER AVAILABILITY GROUP [g] MODIFY AVAILABILITY GROUP ON N'a]b''c' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT)",
  ],
  [
    { kind: "availabilityGroupModifyReplica", group: "g", members: [{ name: "s", options }] },
    "ALTER AVAILABILITY GROUP [g] MODIFY REPLICA ON N's' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT)",
  ],
  [{ kind: "dropAvailabilityGroup", group: "g" }, "DROP AVAILABILITY GROUP [g]"],
  [
    { kind: "databaseSetHadr", database: nasty, action: "RESUME" },
    "ALTER DATABASE [a]]b'c] SET HADR RESUME",
  ],
  [
    { kind: "databaseSet", database: "d", words: ["READ_ONLY"] },
    "ALTER DATABASE [d] SET READ_ONLY",
  ],
  [{ kind: "backup", what: "LOG", database: "d", to: [], options: new Map() }, "BACKUP LOG [d]"],
  [
    {
      kind: "restoreRead",
      what: "VERIFYONLY",
      from: [{ kind: "DISK", path: "p" }],
      options: new Map(),
    },
    "RESTORE VERIFYONLY",
  ],
  [{ kind: "kill", sessionId: 52, statusOnly: false }, "KILL 52"],
  [{ kind: "kill", sessionId: 52, statusOnly: true }, "KILL 52 WITH STATUSONLY"],
  [{ kind: "alterLogin", login: "l", action: "DISABLE" }, "ALTER LOGIN [l] DISABLE"],
  [{ kind: "createServerRole", role: nasty }, "CREATE SERVER ROLE [a]]b'c]"],
  [{ kind: "dropServerRole", role: nasty }, "DROP SERVER ROLE [a]]b'c]"],
  [
    { kind: "alterServerRole", role: "r", action: "ADD", member: nasty },
    "ALTER SERVER ROLE [r] ADD MEMBER [a]]b'c]",
  ],
  [{ kind: "procedure", name: "sp_x", arguments: new Map() }, "EXEC sp_x"],
])("%o reads as one line of T-SQL", (statement, text) => {
  expect(describeStatement(statement)).toBe(text);
});
