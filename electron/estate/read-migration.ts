// Reads on an instance what a database that moved there did not bring along: its newest compatibility level, missing logins.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Fact } from "../../shared/estate/estate.ts";
import type { MigrationSeen, UsersSeen } from "../../shared/run/migration-seen.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { compatibilityLevelsQuery } from "./queries/compatibility-levels.ts";
import { usersWithoutLoginOf } from "./queries/users-without-login.ts";

/** What may not be seen is said of each database by name. Throws AppError when the server does not answer. */
export async function readMigration(
  session: SqlSession,
  databases: readonly string[],
  signal?: AbortSignal,
): Promise<MigrationSeen> {
  const levels = await readGuarded(session, [compatibilityLevelsQuery], ["anyDatabase"], signal);
  if (levels.kind === "failed") throw new AppError(levels.problem);
  const rows = levels.kind === "seen" ? levels.value[0] : [];
  const levelOf = (name: string) =>
    rows.find((row) => row.name === name)?.compatibilityLevel ?? null;
  const seen: MigrationSeen["databases"][number][] = [];
  // One after the other: a database that cannot be opened says nothing of the next.
  for (const name of databases) {
    const users = await readGuarded(session, [usersWithoutLoginOf(name)], ["definition"], signal);
    seen.push({ name, compatibilityLevel: levelOf(name), users: usersSeen(session, users) });
  }
  return { newestLevel: levelOf("model"), databases: seen };
}

type Users = Extract<UsersSeen, { kind: "seen" }>["withoutLogin"];

function usersSeen({ address }: SqlSession, users: Fact<readonly [Users]>): UsersSeen {
  switch (users.kind) {
    case "seen":
      return { kind: "seen", withoutLogin: users.value[0] };
    case "notAllowed":
      return { kind: "unreadable", because: `The login has no ${users.permission} on ${address}.` };
    case "failed":
      return { kind: "unreadable", because: users.problem.summary };
  }
}
