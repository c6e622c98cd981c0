// A run against a practice estate over real TDS, as a command would start it.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { Clock } from "../../electron/run/clock.ts";
import type { Planning, PlanRequest } from "../../electron/run/make-plan.ts";
import { planFor, readLinkOfEstate } from "../../electron/run/make-plan.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { RunAnswer } from "../../electron/run/start-run.ts";
import { startRun } from "../../electron/run/start-run.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../electron/sql/session.ts";
import { createRunFolder, newRunId } from "../../electron/store/run-folder.ts";
import { practiceLogins } from "./practice-logins.ts";

function requestTo(to: Side): PlanRequest {
  return {
    linkName: undefined,
    environment: "test",
    choices: {
      ...defaultChoices,
      to,
    },
  };
}

export interface PracticeRun {
  readonly sessions: Readonly<Record<Side, SqlSession>>;
  plan(): Promise<Planning>;
  start(planning: Planning, onEvent?: (event: RunEvent) => void): Promise<RunAnswer>;
  readonly stop: AbortController;
  close(): Promise<void>;
}

export async function practiceRun(
  estate: PracticeEstate,
  clock: Clock,
  to: Side = "instance",
): Promise<PracticeRun> {
  const request = requestTo(to);
  const logins = practiceLogins(estate);
  const sessions = {
    box: await mssqlConnector.connect(logins.box),
    instance: await mssqlConnector.connect(logins.instance),
  };
  const stop = new AbortController();
  const plan = async () =>
    planFor(await readLinkOfEstate(sessions, request, clock), request.environment);
  return {
    sessions,
    stop,
    plan,
    start({ approved }, onEvent = () => undefined) {
      if (approved === undefined) throw new Error("There is no plan to run.");
      const data = mkdtempSync(join(tmpdir(), "mi-link-practice-run-"));
      return startRun(
        {
          approved,
          by: {
            operator: "dba",
            toolHost: "jumpbox",
            processId: process.pid,
            toolVersion: "test",
            logins: { box: logins.box.login, instance: logins.instance.login },
          },
        },
        {
          sessions,
          openPinned: (side) => mssqlConnector.connectPinned(logins[side]),
          azure: undefined,
          clock,
          settings: defaultRunSettings,
          planAgain: plan,
          makeFolder: () => createRunFolder(data, newRunId(clock.nowMs(), "0a1b2c3d")),
          onEvent,
          stop: stop.signal,
        },
      );
    },
    async close() {
      await Promise.all([sessions.box.close(), sessions.instance.close()]);
    },
  };
}
