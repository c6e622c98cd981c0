// An offline fail back against a practice estate over real TDS: credentials made, planned from both sides, and started.
import type { Clock } from "../../electron/run/clock.ts";
import type { OfflinePlanning } from "../../electron/run/make-offline-plan.ts";
import { planOffline } from "../../electron/run/make-offline-plan.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { OfflineFailBackChoices } from "../../shared/choices/choices.ts";
import { defaultGateSettings } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { BothSidesRun } from "./both-sides-run.ts";
import { bothSidesRun } from "./both-sides-run.ts";
import { practiceLogins } from "./practice-logins.ts";

export type OfflineRun = BothSidesRun<OfflinePlanning>;

export const container = "https://adatum.blob.core.windows.net/back";

export const offlineChoices: OfflineFailBackChoices = {
  kind: "offlineFailBack",
  database: undefined,
  backupTo: container,
  restoreTo: "D:\\Data",
  restoreAs: undefined,
  overOldName: null,
  writersStopped: null,
  gate: defaultGateSettings,
};

/** As an operator does it before: by the instance's own identity there, by a signature on SQL Server. */
export async function createCredentials(
  estate: PracticeEstate,
  on: readonly Side[] = ["box", "instance"],
): Promise<void> {
  const identity = {
    box: "'SHARED ACCESS SIGNATURE', SECRET = 'sv=practice'",
    instance: "'MANAGED IDENTITY'",
  };
  for (const side of on) {
    await send(estate, side, `CREATE CREDENTIAL [${container}] WITH IDENTITY = ${identity[side]};`);
  }
}

/** One statement of somebody else's. */
export async function send(estate: PracticeEstate, side: Side, statement: string): Promise<void> {
  const session = await mssqlConnector.connectPinned(practiceLogins(estate)[side]);
  try {
    await session.execute(statement);
  } finally {
    await session.close();
  }
}

export function offlineRun(
  estate: PracticeEstate,
  clock: Clock,
  choices: Partial<OfflineFailBackChoices> = {},
): Promise<OfflineRun> {
  const request = {
    linkName: undefined,
    environment: "test",
    choices: { ...offlineChoices, ...choices },
  } as const;
  return bothSidesRun(estate, clock, (sources) => planOffline(sources, request, clock));
}
