// ALTER DATABASE SET HADR and the other SET options of the linked database.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import { sameName } from "./groups.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerKey, WorldState } from "./state.ts";

type Statement<Kind extends ServerStatement["kind"]> = Extract<ServerStatement, { kind: Kind }>;

/** SUSPEND and RESUME of data movement on this side's copy; OFF is blocked on a link (47520). */
export function* setHadr(
  state: WorldState,
  key: ServerKey,
  { database, action }: Statement<"databaseSetHadr">,
): Generator<SqlOutput> {
  const server = state[key];
  checkDatabase(state, database);
  if (server.linkDropped && server.localGroupDropped) {
    throw new SqlError(
      35242,
      `Cannot complete this ALTER DATABASE <database-name> SET HADR operation on database '${database}'. The database is not joined to an availability group.`,
    );
  }
  if (action === "OFF") {
    throw new SqlError(
      47520,
      `Database '${database}' cannot be removed from its availability group, because it is replicated by the link '${state.link.name}'.`,
    );
  }
  const isSuspended = action === "SUSPEND";
  server.copy.isSuspended = isSuspended;
  server.copy.suspendReason = isSuspended ? 0 : null;
  yield {
    kind: "info",
    message: {
      number: isSuspended ? 35264 : 35265,
      severity: 10,
      state: 1,
      text: isSuspended
        ? `Always On Availability Groups data movement for database '${database}' has been suspended for the following reason: "user" (Source ID 0; Source string: 'SUSPEND_FROM_USER').`
        : `Always On Availability Groups data movement for database '${database}' has been resumed.`,
    },
  };
}

/** SET READ_ONLY and the like: refused in an availability group with 1468 (domain.md 3.0), then 5069 as the server adds. */
export function* setDatabase(
  state: WorldState,
  key: ServerKey,
  { database, words }: Statement<"databaseSet">,
): Generator<SqlOutput> {
  const server = state[key];
  checkDatabase(state, database);
  const [option = ""] = words.map((word) => word.toUpperCase());
  if (!(server.linkDropped && server.localGroupDropped)) {
    yield {
      kind: "error",
      message: {
        number: 1468,
        severity: 16,
        state: 1,
        text: `The operation cannot be performed on database "${database}" because it is involved in a database mirroring session or an availability group.`,
      },
    };
    throw new SqlError(5069, "ALTER DATABASE statement failed.");
  }
  if (option !== "READ_ONLY" && option !== "READ_WRITE") {
    throw new SqlError(
      40517,
      `Keyword or statement option '${option}' is not implemented in the practice estate.`,
    );
  }
  server.copy.updateability = option;
}

function checkDatabase(state: WorldState, database: string): void {
  if (sameName(database, state.link.database)) return;
  throw new SqlError(
    5011,
    `User does not have permission to alter database '${database}', the database does not exist, or the database is not in a state that allows access checks.`,
    { severity: 14 },
  );
}
