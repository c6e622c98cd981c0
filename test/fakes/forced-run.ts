// A forced failover against a practice estate over real TDS: planned and started from the side that takes over alone.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EstateSources } from "../../electron/estate/read.ts";
import type { AzureService } from "../../electron/services/azure-service.ts";
import { azureFor } from "../../electron/run/azure-link.ts";
import type { Clock } from "../../electron/run/clock.ts";
import type { ForcedPlanning, ForcedRequest } from "../../electron/run/make-forced-plan.ts";
import { planForced, watchTarget } from "../../electron/run/make-forced-plan.ts";
import type { RunSettings } from "../../electron/run/run-tools.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { RunAnswer } from "../../electron/run/start-run.ts";
import { startRun } from "../../electron/run/start-run.ts";
import { targetReader } from "../../electron/run/target-reader.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import { createRunFolder, newRunId } from "../../electron/store/run-folder.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { ForcedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { TargetWatch } from "../../shared/forced/watch.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { practiceLogins } from "./practice-logins.ts";
import { operatorWith } from "./practice-run.ts";

export interface ForcedRun {
  readonly sources: EstateSources;
  /** Reads the secondary until there is a verdict. */
  watch(): Promise<TargetWatch>;
  plan(watch?: TargetWatch): Promise<ForcedPlanning>;
  start(planning: ForcedPlanning, onEvent?: (event: RunEvent) => void): Promise<RunAnswer>;
  close(): Promise<void>;
}

export interface ForcedRunOptions extends Partial<Omit<ForcedFailoverChoices, "to" | "linkName">> {
  /** Signed in to the estate's Azure; absent: Azure is not asked. */
  readonly azure?: AzureService;
  readonly settings?: Partial<RunSettings>;
}

/** The side that is given up is not connected to at all. */
export async function forcedRun(
  estate: PracticeEstate,
  clock: Clock,
  to: Side,
  { azure, settings, ...choices }: ForcedRunOptions = {},
): Promise<ForcedRun> {
  const logins = practiceLogins(estate);
  const gone = otherSide(to);
  const session = await mssqlConnector.connect(logins[to]);
  const notConnected = {
    address: `${logins[gone].host},${String(logins[gone].port)}`,
    unreachable: {
      code: "noAnswer",
      class: "retry",
      summary: "It does not answer.",
      remedy: "It is not needed.",
    },
  } as const;
  const sources = {
    ...(to === "box"
      ? { box: session, instance: notConnected }
      : { box: notConnected, instance: session }),
    ...(azure && { azure: azure.readForEstate }),
  };
  const request: ForcedRequest = {
    linkName: undefined,
    environment: "test",
    choices: {
      kind: "forcedFailover",
      to,
      failoverBy: "tsql",
      despite: [],
      reason: null,
      ...choices,
    },
  };
  const plan = (watch?: TargetWatch) => planForced(sources, request, clock, watch);
  return {
    sources,
    plan,
    async watch() {
      const { link } = await plan();
      return watchTarget(targetReader({ to, link }, sources, clock), clock);
    },
    async start({ approved }, onEvent = () => undefined) {
      if (approved === undefined) throw new Error("There is no plan to run.");
      const data = mkdtempSync(join(tmpdir(), "mi-link-forced-run-"));
      return startRun(
        {
          approved,
          by: operatorWith(logins),
        },
        {
          sessions: sources,
          openPinned: (side) => mssqlConnector.connectPinned(logins[side]),
          azure: azure && (await azureFor(approved.plan, () => azure.linkOperations())),
          clock,
          settings: { ...defaultRunSettings, ...settings },
          planAgain: () => plan(),
          makeFolder: () => createRunFolder(data, newRunId(clock.nowMs(), "0a1b2c3d")),
          onEvent,
          stop: new AbortController().signal,
        },
      );
    },
    close: () => session.close(),
  };
}
