// A run against a practice estate over real TDS, as a command would start it.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Choices } from "../../shared/choices/choices.ts";
import { defaultChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import { azureFor } from "../../electron/run/azure-link.ts";
import type { Clock } from "../../electron/run/clock.ts";
import type { Planning, PlanRequest } from "../../electron/run/make-plan.ts";
import { planFor, readLinkOfEstate } from "../../electron/run/make-plan.ts";
import type { RunSettings } from "../../electron/run/run-tools.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { RunAnswer, RunRequest } from "../../electron/run/start-run.ts";
import { startRun } from "../../electron/run/start-run.ts";
import type { AzureService } from "../../electron/services/azure-service.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { ServerLogin, SqlSession } from "../../electron/sql/session.ts";
import { createRunFolder, newRunId } from "../../electron/store/run-folder.ts";
import { practiceLogins } from "./practice-logins.ts";

function requestTo(to: Side, more: PracticeRunOptions["choices"] = {}): PlanRequest {
  return {
    linkName: undefined,
    environment: "test",
    choices: {
      ...defaultChoices,
      ...more,
      to,
    },
  };
}

/** Who runs it, with which logins. */
export function operatorWith(logins: Readonly<Record<Side, ServerLogin>>): RunRequest["by"] {
  return {
    operator: "dba",
    toolHost: "jumpbox",
    processId: process.pid,
    toolVersion: "test",
    logins: { box: logins.box.login, instance: logins.instance.login },
  };
}

export interface PracticeRunOptions {
  readonly choices?: Partial<Omit<Choices, "linkName" | "to">>;
  /** Signed in to the estate's Azure; absent: Azure is not asked. */
  readonly azure?: AzureService;
  readonly settings?: Partial<RunSettings>;
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
  { choices, azure, settings }: PracticeRunOptions = {},
): Promise<PracticeRun> {
  const request = requestTo(to, choices);
  const logins = practiceLogins(estate);
  const sessions = {
    box: await mssqlConnector.connect(logins.box),
    instance: await mssqlConnector.connect(logins.instance),
  };
  const sources = { ...sessions, ...(azure && { azure: azure.readForEstate }) };
  const stop = new AbortController();
  const plan = async () =>
    planFor(await readLinkOfEstate(sources, request, clock), request.environment);
  return {
    sessions,
    stop,
    plan,
    async start({ approved }, onEvent = () => undefined) {
      if (approved === undefined) throw new Error("There is no plan to run.");
      const data = mkdtempSync(join(tmpdir(), "mi-link-practice-run-"));
      return startRun(
        {
          approved,
          by: operatorWith(logins),
        },
        {
          sessions,
          openPinned: (side) => mssqlConnector.connectPinned(logins[side]),
          azure: azure && (await azureFor(approved.plan, () => azure.linkOperations())),
          clock,
          settings: { ...defaultRunSettings, ...settings },
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
