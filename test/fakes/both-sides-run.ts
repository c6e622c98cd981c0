// A run that needs both sides of a practice estate over real TDS: connected, planned by its own planner, started.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../electron/run/clock.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { PlannedAgain, RunAnswer } from "../../electron/run/start-run.ts";
import { startRun } from "../../electron/run/start-run.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../electron/sql/session.ts";
import { createRunFolder, newRunId } from "../../electron/store/run-folder.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { practiceLogins } from "./practice-logins.ts";
import { operatorWith } from "./practice-run.ts";

export interface BothSidesRun<Planning extends PlannedAgain> {
  plan(): Promise<Planning>;
  start(planning: Planning, onEvent?: (event: RunEvent) => void): Promise<RunAnswer>;
  close(): Promise<void>;
}

export async function bothSidesRun<Planning extends PlannedAgain>(
  estate: PracticeEstate,
  clock: Clock,
  planWith: (sources: Readonly<Record<Side, SqlSession>>) => Promise<Planning>,
): Promise<BothSidesRun<Planning>> {
  const logins = practiceLogins(estate);
  const [box, instance] = await Promise.all([
    mssqlConnector.connect(logins.box),
    mssqlConnector.connect(logins.instance),
  ]);
  const sources = { box, instance };
  const plan = () => planWith(sources);
  return {
    plan,
    async start({ approved }, onEvent = () => undefined) {
      if (approved === undefined) throw new Error("There is no plan to run.");
      const data = mkdtempSync(join(tmpdir(), "mi-link-both-sides-run-"));
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
