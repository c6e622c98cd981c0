// What is left to do on the server to which a database moved for good: what was read there, and what nothing brings along by itself.
import { listOf } from "../plan/actions/action-form.ts";
import type { Plan } from "../plan/plan.ts";
import type { MigratedDatabase, MigrationSeen } from "../run/migration-seen.ts";
import type { RunState } from "../run/state.ts";
import { loginFor, raiseCompatibilityLevel, updateStatistics } from "../sql/migration-lines.ts";

export interface MigrationItem {
  readonly sentence: string;
  /** T-SQL for it, for reading; the run sent none of it. */
  readonly code?: string;
}

/** Undefined where the plan has no such step, or the run did not come to it. */
export function afterMigration(state: RunState, plan: Plan): readonly MigrationItem[] | undefined {
  const checked = state.steps.find(({ step }) => step.action.kind === "checkMigration");
  if (checked === undefined || checked.phase.kind === "notBegun") return undefined;
  const { migration, step } = checked;
  const databases = step.action.kind === "checkMigration" ? step.action.databases : [];
  return [
    ...(migration === undefined
      ? [{ sentence: `${plan[plan.to].serverName} was not read for this: ${checked.summary}` }]
      : migration.databases.flatMap((one) => ofDatabase(plan, migration, one))),
    ...databases.map((name) => ({
      sentence: `Update the statistics of ${name}; when that was last done was not read.`,
      code: updateStatistics(name),
    })),
    {
      sentence:
        plan.kind === "offlineFailBack"
          ? `Compare the rows of ${listOf(plan.link.databases)} on ${plan.instance.serverName} with those of ${listOf(databases)} on ${plan.box.serverName} before the instance's copy goes: the command rows, with --database ${listOf(plan.link.databases)} --restore-as ${listOf(databases)}.`
          : `Compare the rows of ${listOf(databases)} on both sides before the old copy goes: "Count rows on both sides", or the command rows.`,
    },
    ...(plan.to === "box" ? [] : [notAlong(plan)]),
  ];
}

function notAlong(plan: Plan): MigrationItem {
  return {
    sentence: `Agent jobs, linked servers, credentials and settings of ${plan.box.serverName} do not come along: make them anew on ${plan.instance.serverName}.`,
  };
}

/** What the step itself says when it ends: the same facts without what to do. */
export function migrationSummary(plan: Plan, migration: MigrationSeen): string {
  return migration.databases
    .flatMap((one) => [levelSentence(plan, migration, one).sentence, usersSentence(plan, one)])
    .join(" ");
}

function ofDatabase(
  plan: Plan,
  migration: MigrationSeen,
  database: MigratedDatabase,
): readonly MigrationItem[] {
  const { users } = database;
  const missing = users.kind === "seen" ? users.withoutLogin : [];
  return [
    levelSentence(plan, migration, database),
    {
      sentence: usersSentence(plan, database),
      ...(missing.length === 0 ? {} : { code: missing.map(loginFor).join("\n") }),
    },
  ];
}

function levelSentence(
  plan: Plan,
  { newestLevel }: MigrationSeen,
  { name, compatibilityLevel }: MigratedDatabase,
): MigrationItem {
  const where = `${name} on ${plan[plan.to].serverName}`;
  const owner = plan.to === "box" ? "SQL Server's" : "the instance's";
  if (compatibilityLevel === null) {
    return { sentence: `The compatibility level of ${where} was not told.` };
  }
  const has = `${where} has compatibility level ${String(compatibilityLevel)}`;
  if (newestLevel === null) return { sentence: `${has}; ${owner} newest was not told.` };
  if (newestLevel <= compatibilityLevel) return { sentence: `${has}, ${owner} newest.` };
  return {
    sentence: `${has} until you raise it; ${owner} newest is ${String(newestLevel)}. Test the application with it first.`,
    code: raiseCompatibilityLevel(name, newestLevel),
  };
}

function usersSentence(plan: Plan, { name, users }: MigratedDatabase): string {
  const { serverName } = plan[plan.to];
  if (users.kind === "unreadable") {
    return `Which users of ${name} have no login on ${serverName} is not known: ${users.because}`;
  }
  const names = users.withoutLogin.map((one) => one.name);
  if (names.length === 0) {
    return `Every user of ${name} that stands on a login has one on ${serverName}.`;
  }
  const have = names.length === 1 ? "has" : "have";
  return `${listOf(names)} of ${name} ${have} no login on ${serverName} and cannot connect.`;
}
