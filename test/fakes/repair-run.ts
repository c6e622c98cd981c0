// A repair against a practice estate over real TDS: planned from both sides, started, and told event by event.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../electron/run/clock.ts";
import type { RepairPlanning } from "../../electron/run/make-repair-plan.ts";
import { planRepair } from "../../electron/run/make-repair-plan.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { RunAnswer } from "../../electron/run/start-run.ts";
import { startRun } from "../../electron/run/start-run.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import { createRunFolder, newRunId } from "../../electron/store/run-folder.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { RepairChoices } from "../../shared/choices/choices.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { practiceLogins } from "./practice-logins.ts";
import { operatorWith } from "./practice-run.ts";

export interface RepairRun {
  plan(): Promise<RepairPlanning>;
  start(planning: RepairPlanning, onEvent?: (event: RunEvent) => void): Promise<RunAnswer>;
  close(): Promise<void>;
}

export async function repairRun(
  estate: PracticeEstate,
  clock: Clock,
  choices: Omit<RepairChoices, "kind" | "linkName">,
): Promise<RepairRun> {
  const logins = practiceLogins(estate);
  const [box, instance] = await Promise.all([
    mssqlConnector.connect(logins.box),
    mssqlConnector.connect(logins.instance),
  ]);
  const sources = { box, instance };
  const plan = () =>
    planRepair(
      sources,
      { linkName: undefined, environment: "test", choices: { kind: "repair", ...choices } },
      clock,
    );
  return {
    plan,
    async start({ approved }, onEvent = () => undefined) {
      if (approved === undefined) throw new Error("There is no plan to run.");
      const data = mkdtempSync(join(tmpdir(), "mi-link-repair-run-"));
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
