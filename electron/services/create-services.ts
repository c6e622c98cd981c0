// Puts the services together for one host: what they share, and who lets go when somebody else begins.
import { namesIn } from "../../shared/bundle/names-in.ts";
import { recallLink } from "../store/link-memory.ts";
import { randomUUID } from "node:crypto";
import type { LateAzure } from "../estate/late-azure.ts";
import { createLateAzure } from "../estate/late-azure.ts";
import type { Clock } from "../run/clock.ts";
import { realClock } from "../run/clock.ts";
import { gateQuestionOf } from "../run/make-plan.ts";
import type { RunSettings } from "../run/run-tools.ts";
import type { Connector } from "../sql/session.ts";
import type { AppLog } from "../store/app-log.ts";
import { createAppLog } from "../store/app-log.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import { pairFile } from "../store/pair-file.ts";
import type { Drills } from "../drills/drills.ts";
import { createDrills } from "../drills/drills.ts";
import type { Tell } from "../ipc/tell.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { pairOfPlan } from "../../shared/estate/pair.ts";
import type { AzureService } from "./azure-service.ts";
import type { BundleService } from "./bundle.ts";
import { createBundle } from "./bundle.ts";
import type { Connections } from "./connections.ts";
import { createConnections } from "./connections.ts";
import type { Files } from "./files.ts";
import { createFiles } from "./files.ts";
import type { GateWatch } from "./gate-watch.ts";
import { createGateWatch } from "./gate-watch.ts";
import type { HostNeeds } from "./host-needs.ts";
import type { LiveWatch } from "./live-watch.ts";
import { createLiveWatch } from "./live-watch.ts";
import type { LeftRunService } from "./left-runs.ts";
import { createLeftRuns } from "./left-runs.ts";
import { connectionWords, logRunEvent } from "./log-words.ts";
import { createNotices } from "./notices.ts";
import type { Plans } from "./plans.ts";
import { createPlans } from "./plans.ts";
import type { ReadinessService } from "./readiness.ts";
import { createReadiness } from "./readiness.ts";
import type { NetworkTest } from "./network-test.ts";
import type { Passwords } from "./passwords.ts";
import { createPasswords, rememberPassword } from "./passwords.ts";
import type { PracticeProfile } from "./practice-profile.ts";
import type { RepairToDos } from "./repair-to-dos.ts";
import { createRepairToDos } from "./repair-to-dos.ts";
import type { Runs } from "./runs.ts";
import { createRuns } from "./runs.ts";
import type { SavedPairService } from "./saved-pairs.ts";
import { createSavedPairs } from "./saved-pairs.ts";
import type { Secrets } from "./secrets.ts";
import { createSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";
import type { Tasks } from "./tasks.ts";
import { createTasks } from "./tasks.ts";
import type { TargetWatching } from "./target-watch.ts";
import { createTargetWatch } from "./target-watch.ts";

export interface ServicesOptions {
  readonly host: HostNeeds;
  readonly tell: Tell;
  readonly connector: Connector;
  readonly clock: Clock;
  /** Default: real time, at which a link is watched whatever the clock beside it does. */
  readonly livePace?: Clock;
  readonly settings: RunSettings;
  readonly azure: AzureService;
  readonly networkTest: NetworkTest;
  /** The host is a practice host; it shows the practice estate and nothing else. */
  readonly practice: PracticeProfile | undefined;
  /** The page has been drawn; called again for a page that is loaded anew. */
  readonly onPainted: () => void;
  /** --data-dir; undefined: this machine's own place. */
  readonly dataDir: string | undefined;
  /** --client-id; it stands over the setting. */
  readonly clientId: string | undefined;
}

export interface Services {
  readonly host: HostNeeds;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly azure: AzureService;
  readonly networkTest: NetworkTest;
  /** For the window's own readings; what acts asks `azure`. */
  readonly lateAzure: LateAzure;
  readonly isPractice: boolean;
  readonly clientId: string | undefined;
  readonly secrets: Secrets;
  readonly connections: Connections;
  readonly plans: Plans;
  readonly tasks: Tasks;
  readonly readiness: ReadinessService;
  readonly gateWatch: GateWatch;
  readonly targetWatch: TargetWatching;
  readonly runs: Runs;
  readonly leftRuns: LeftRunService;
  readonly repairToDos: RepairToDos;
  readonly files: Files;
  readonly drills: Drills;
  readonly liveWatch: LiveWatch;
  readonly log: AppLog;
  readonly bundle: BundleService;
  readonly passwords: Passwords;
  readonly savedPairs: SavedPairService;
  /** Throws AppError `noDataFolder`. */
  readonly dataFolder: () => string;
  /** The page says that it has been drawn. */
  readonly pagePainted: () => void;
  /** The operator wants to close the window: false while a run is in flight, and then the window has been told. */
  readonly mayClose: () => boolean;
  /** The page is gone or is loaded anew: nothing is read or held for it any more. A run goes on. */
  readonly pageGone: () => Promise<void>;
  /** The program ends: secrets are forgotten and connections closed. A run in flight is not waited for. */
  readonly end: () => Promise<void>;
}

export function createServices(options: ServicesOptions): Services {
  const { host, tell, connector, clock, azure, practice } = options;
  const dataFolder = once(() => openDataFolder(options.dataDir, thisMachine()));
  const log = createAppLog({
    dataFolder,
    nowMs: () => clock.nowMs(),
    onEntry(entry) {
      tell("log.entry", entry);
    },
  });
  const secrets = createSecrets(randomUUID);
  const passwords = createPasswords(host.passwordStore);
  const connections: Connections = createConnections({
    connector,
    secrets,
    passwords,
    azure,
    practice,
    refuseChange: () => {
      runs.refuseDuringRun();
    },
    onChange(now) {
      void unwatchAll();
      log.write("info", "connection", connectionWords(now), namesIn(now));
      tell("connection.changed", now);
    },
    onOpened: (input, login) => rememberPassword(passwords, input, login),
  });
  const savedPairs = createSavedPairs({
    connections,
    passwords,
    clock,
    isPractice: practice !== undefined,
    file: () => pairFile(dataFolder(), practice?.authorityPem),
  });
  const gateWatch = createGateWatch({
    clock,
    async begin(asked, signal) {
      runs.refuseDuringRun();
      const sessions = connections.sessions(asked.pair);
      const question = gateQuestionOf(await plans.readLink(asked, signal));
      runs.refuseDuringRun();
      if (question === undefined) throw new AppError(sideNotSeen);
      return { question, sessions };
    },
    onState(state) {
      tell("gate", state);
    },
  });
  const targetWatch = createTargetWatch({
    clock,
    sources(pair) {
      runs.refuseDuringRun();
      return connections.sources(pair);
    },
    onState(seen) {
      tell("target", seen);
    },
  });
  const liveWatch = createLiveWatch({
    clock,
    pace: options.livePace ?? realClock,
    sessionOf: (connectionId) => connections.sessionOf(connectionId),
    onRead(read) {
      tell("live", read);
    },
  });
  const unwatchAll = async () => {
    await Promise.all([gateWatch.unwatch(), targetWatch.unwatch(), liveWatch.unwatch()]);
  };
  const tasks = createTasks({ connections, clock, azure });
  const plans = createPlans({
    connections,
    clock,
    tasks,
    watched: (asked) => gateWatch.stateOf(asked),
    watchedTarget: (target) => targetWatch.stateOf(target)?.watch ?? undefined,
    recall: (groupId) => recallLink(dataFolder, groupId),
  });
  const lateAzure = createLateAzure(azure.readForEstate, clock);
  const notices = createNotices({
    notify: host.notify,
    isWanted: () => readSettings(dataFolder()).notify,
  });
  const runs: Runs = createRuns({
    connections,
    plans,
    azure,
    clock,
    settings: options.settings,
    dataFolder,
    concludeLeft: (link, pair) => leftRuns.conclude(link, pair),
    beforeRun: unwatchAll,
    onEvent(event) {
      if (event.kind === "runStarted") leftRuns.forget();
      if (event.kind === "stepEnded" || event.kind === "runEnded") lateAzure.expire();
      if (event.kind === "runStarted" || event.kind === "runEnded") repairToDos.forget();
      tell("run.event", event);
      notices.happened(event);
      logRunEvent(log, event);
    },
  });
  const repairToDos = createRepairToDos({
    dataFolder,
    isRunning: () => runs.inFlight() !== undefined,
  });
  const leftRuns = createLeftRuns({
    pairOf: (plan) => pairOfPlan(connections.list(), plan),
    dataFolder,
    around: (pair) => ({
      sources: connections.sources(pair),
      clock,
      dataFolder: dataFolder(),
      azure: () => azure.linkOperations(),
    }),
    ownRunId: () => runs.inFlight()?.runId,
  });
  const drills = createDrills({
    control: practice?.control,
    clock,
    refuseStart: () => {
      runs.refuseDuringRun();
    },
    onChange(view) {
      tell("practice.drill", view);
    },
  });
  return {
    ...{
      host,
      tell,
      clock,
      azure,
      lateAzure,
      secrets,
      connections,
      plans,
      tasks,
      readiness: createReadiness({ connections, clock }),
      gateWatch,
      targetWatch,
      runs,
      leftRuns,
      repairToDos,
      dataFolder,
      drills,
      liveWatch,
      log,
      bundle: createBundle({ dataFolder, log, nowMs: () => clock.nowMs(), hostKind: host.kind }),
      passwords,
      savedPairs,
    },
    networkTest: options.networkTest,
    isPractice: practice !== undefined,
    clientId: options.clientId,
    files: createFiles(host.pickSavePath),
    pagePainted: options.onPainted,
    mayClose() {
      const running = runs.inFlight();
      if (running === undefined) return true;
      tell("window.closing", running);
      return false;
    },
    async pageGone() {
      secrets.forgetAll();
      await unwatchAll();
    },
    async end() {
      drills.leave();
      secrets.forgetAll();
      await unwatchAll();
      await runs.settled();
      await connections.closeAll();
    },
  };
}

const sideNotSeen = {
  code: "sideNotSeen",
  class: "block",
  summary: "The gate is read from both sides, and one of them does not answer.",
  remedy: "Read both sides to see which one; connect to it again.",
} as const;

/** Asked for when it is first needed, and then the same. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
