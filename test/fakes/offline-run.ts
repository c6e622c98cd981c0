// An offline fail back against a practice estate over real TDS: credentials made, planned from both sides, and started.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../electron/run/clock.ts";
import type { OfflinePlanning } from "../../electron/run/make-offline-plan.ts";
import { planOffline } from "../../electron/run/make-offline-plan.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { RunAnswer } from "../../electron/run/start-run.ts";
import { startRun } from "../../electron/run/start-run.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import { createRunFolder, newRunId } from "../../electron/store/run-folder.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { OfflineFailBackChoices } from "../../shared/choices/choices.ts";
import { defaultGateSettings } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { practiceLogins } from "./practice-logins.ts";
import { operatorWith } from "./practice-run.ts";

export interface OfflineRun {
  plan(): Promise<OfflinePlanning>;
  start(planning: OfflinePlanning, onEvent?: (event: RunEvent) => void): Promise<RunAnswer>;
  close(): Promise<void>;
}

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

export async function offlineRun(
  estate: PracticeEstate,
  clock: Clock,
  choices: Partial<OfflineFailBackChoices> = {},
): Promise<OfflineRun> {
  const logins = practiceLogins(estate);
  const [box, instance] = await Promise.all([
    mssqlConnector.connect(logins.box),
    mssqlConnector.connect(logins.instance),
  ]);
  const sources = { box, instance };
  const request = {
    linkName: undefined,
    environment: "test",
    choices: { ...offlineChoices, ...choices },
  } as const;
  const plan = () => planOffline(sources, request, clock);
  return {
    plan,
    async start({ approved }, onEvent = () => undefined) {
      if (approved === undefined) throw new Error("There is no plan to run.");
      const data = mkdtempSync(join(tmpdir(), "mi-link-offline-run-"));
      return startRun(
        { approved, by: operatorWith(logins) },
        {
          sessions: sources,
          openPinned: (side) => mssqlConnector.connectPinned(logins[side]),
          azure: undefined,
          clock,
          settings: defaultRunSettings,
          planAgain: plan,
          makeFolder: () => createRunFolder(data, newRunId(clock.nowMs(), "0a1b2c3d")),
          onEvent,
          stop: new AbortController().signal,
        },
      );
    },
    async close() {
      await Promise.all([box.close(), instance.close()]);
    },
  };
}
