// Every request of the contract and who answers it; a missing or an extra one does not compile.
import { readAuthorityFile } from "../azure/authority-file.ts";
import { createLateReader } from "../estate/late-reader.ts";
import { readConnected } from "../estate/read-connected.ts";
import { readLogUse } from "../estate/read-log-use.ts";
import { readServers } from "../estate/read-servers.ts";
import { readRowCounts } from "../estate/read-row-counts.ts";
import { endSession } from "../run/end-session.ts";
import { lookAtCopies } from "../run/make-repair-plan.ts";
import { lookAtSession } from "../run/session-activity.ts";
import { operatorName } from "../run/who-runs.ts";
import { toolVersion } from "../run/tool-version.ts";
import { pairedLinks, pairsOf } from "../../shared/estate/paired-links.ts";
import { estateOf } from "../../shared/estate/servers.ts";
import { proposeSurvivor } from "../../shared/repair/survivor.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { evidenceOf } from "../services/evidence.ts";
import type { Services } from "../services/create-services.ts";
import { logSessionEnd } from "../services/log-words.ts";
import { reportText } from "../services/reports.ts";
import { readSettings, writeSettings } from "../services/settings.ts";
import { keepLater } from "../store/later-readings.ts";
import { rememberLinks } from "../store/link-memory.ts";
import type { Events } from "../../shared/ipc.ts";
import type { LaterReading } from "../../shared/report/later.ts";
import { refuseReadsOnly } from "../sql/session.ts";
import type { Handlers } from "./serve.ts";

export function createHandlers(services: Services): Handlers {
  const { azure, clock, connections, dataFolder, files, host, plans, runs } = services;
  const { gateWatch, lateAzure, repairToDos, targetWatch } = services;
  const readOne = createLateReader();
  const signOut = async () => {
    await azure.signOut();
    lateAzure.forget();
  };
  const isoNow = () => new Date(clock.nowMs()).toISOString();
  const keep = (runId: string | undefined, reading: LaterReading) => {
    if (runId !== undefined) keepLater(dataFolder(), runId, reading);
  };
  return {
    "app.facts": () => ({
      version: toolVersion,
      host: host.kind,
      practice: services.isPractice,
      canPickSavePath: host.pickSavePath !== undefined,
      operator: operatorName(),
      clientId: services.clientId ?? null,
    }),
    "secret.keep": ({ secret }) => ({ secretId: services.secrets.keep(secret) }),
    "connection.probe": (input, { signal }) => connections.probe(input, signal),
    "connection.open": (input, { signal }) => connections.open(input, signal),
    "connection.close": ({ connectionId }) => connections.close(connectionId).then(nothing),
    "connection.list": () => connections.list(),
    "estate.read": async ({ azure: pace = "now" }, { signal }) => {
      const from = { servers: connections.servers(), azure: lateAzure.asked(pace) };
      const read = await readServers(from, clock, signal, readOne);
      const linked = pairsOf(pairedLinks(read.servers));
      for (const pair of linked) rememberLinks(dataFolder, estateOf(read, pair));
      services.savedPairs.seen(linked);
      repairToDos.seenServers(read);
      return read;
    },
    "readiness.check": (asked, { signal }) => plans.check(asked, signal),
    "readiness.assess": (input, { signal }) => services.readiness.assess(input, signal),
    "gate.watch": (asked, { signal }) => gateWatch.watch(asked, signal).then(nothing),
    "gate.unwatch": () => gateWatch.unwatch().then(nothing),
    "target.watch": (target, { signal }) => targetWatch.watch(target, signal).then(nothing),
    "target.unwatch": () => targetWatch.unwatch().then(nothing),
    "repair.toDos": () => repairToDos.list(),
    "repair.look": async ({ pair, linkName }) => {
      const { link, copies } = await lookAtCopies(connections.sources(pair), linkName, clock);
      return { copies, proposal: proposeSurvivor({ copies }, repairToDos.wasForced(link)) };
    },
    "plan.make": (asked, { signal }) => plans.make(asked, signal),
    "leftovers.list": ({ pair }) => services.tasks.leftovers(pair),
    "plan.scripts": ({ planHash }) => plans.scripts(planHash),
    "plan.dryRun": ({ planHash }) => runs.rehearse(planHash),
    "run.start": ({ planHash, typedLinkName }) => runs.start(planHash, typedLinkName),
    "run.stop": ({ runId }) => {
      runs.stop(runId);
      return null;
    },
    "run.follow": ({ afterSequence }) => runs.follow(afterSequence),
    "rows.count": async ({ pair, database, runId }, { signal }) => {
      const counts = await readRowCounts(connections.sources(pair), { database }, signal);
      keep(runId, { kind: "rows", at: isoNow(), counts });
      return counts;
    },
    "run.left": (_input, { signal }) => services.leftRuns.tell(signal),
    "report.text": (input) =>
      reportText(input, { dataFolder, eventsOf: (runId) => runs.eventsOf(runId) }),
    "file.pickSavePath": (input) => files.pickSavePath(input),
    "file.listFolder": (input) => files.listFolder(input),
    "file.save": (input) => files.save(input),
    "azure.signIn": async (input, { signal }) => {
      const onCode = (code: Events["azure.deviceCode"]) => {
        services.tell("azure.deviceCode", code);
      };
      const account = await azure.signIn(input, onCode, signal);
      lateAzure.forget();
      return account;
    },
    "azure.cancelSignIn": () => {
      azure.cancelSignIn();
      return null;
    },
    "azure.status": () => azure.status(),
    "azure.signOut": () => signOut().then(nothing),
    "azure.tenants": (_input, { signal }) => azure.tenants(signal),
    "azure.subscriptions": (input, { signal }) => azure.subscriptions(input, signal),
    "azure.findInstance": async (input, { signal }) => {
      const found = await azure.findInstance(input, signal);
      if (found !== null) lateAzure.forget();
      return found;
    },
    "network.look": () => services.networkTest.look(),
    "network.test": ({ service }, { signal }) => services.networkTest.test(service, signal),
    "settings.read": () => readSettings(dataFolder()),
    "settings.write": async (input) => {
      const caFile = input.network?.caFile ?? null;
      // Told now, and not by the next request to Azure.
      if (caFile !== null) readAuthorityFile(caFile);
      writeSettings(dataFolder(), input);
      // A sign-in belongs to the cloud and the application it was made with; the practice estate has its own.
      if (input.azure !== undefined && !services.isPractice) await signOut();
      return null;
    },
    "practice.drills": () => services.drills.view(),
    "practice.start": async ({ drillId }) => {
      await services.drills.start(drillId);
      lateAzure.forget();
      return null;
    },
    "practice.help": () => services.drills.help().then(nothing),
    "practice.workload": ({ running }) => services.drills.workload(running).then(nothing),
    "practice.end": () => services.drills.end().then(nothing),
    "window.painted": () => {
      services.pagePainted();
      return null;
    },
    "window.close": ({ evenDuringRun }) => {
      if (evenDuringRun || services.mayClose()) host.closeWindow();
      return null;
    },
    "session.end": async ({ connectionId, ...seen }) => {
      const own = connections.list().find((one) => one.connectionId === connectionId);
      const session = connections.sessionOf(connectionId);
      refuseReadsOnly(session);
      logSessionEnd(services.log, seen);
      const end = await endSession(session, seen, { clock, login: own?.login ?? "" });
      logSessionEnd(services.log, seen, end);
      return end;
    },
    "session.look": ({ connectionId, ...session }, { signal }) =>
      lookAtSession(connections.sessionOf(connectionId), session, signal),
    "live.watch": ({ connectionIds }, { signal }) =>
      services.liveWatch.watch(connectionIds, signal).then(nothing),
    "live.unwatch": () => services.liveWatch.unwatch().then(nothing),
    "log.use": ({ connectionId, databases }, { signal }) =>
      readLogUse(connections.sessionOf(connectionId), { databases, clock }, signal),
    "sessions.connected": async ({ pair, side, databases, runId }, { signal }) => {
      const source = connections.sources(pair)[side];
      const connected = await readConnected(source, databases, signal);
      keep(runId, { kind: "connected", at: isoNow(), side, connected });
      return connected;
    },
    "evidence.save": ({ runId, path }) => {
      if (runs.inFlight()?.runId === runId) throw new AppError(runGoesOn);
      const options = { dataFolder, eventsOf: (id: string) => runs.eventsOf(id) };
      return files.saveFolder(path, evidenceOf(runId, options, isoNow()));
    },
    "log.read": () => services.log.read().slice(-mostLogLines),
    "bundle.runs": () => services.bundle.runs(),
    "bundle.preview": (input) => services.bundle.preview(input),
    "bundle.write": ({ bundleId }) => services.bundle.write(bundleId),
    "connection.test": (input, { signal }) => connections.test(input, signal),
    "pairs.export": () => ({ text: services.savedPairs.exportText() }),
    "pairs.import": ({ text }) => services.savedPairs.importText(text),
    "pairs.list": () => services.savedPairs.list(),
    "pairs.change": (input) => services.savedPairs.change(input),
  } satisfies Handlers;
}

const runGoesOn = {
  code: "runGoesOn",
  class: "wait",
  summary: "The run is still going on.",
  remedy: "Save its evidence when it has ended.",
} as const;

/** More are in the file; nobody reads them in a window. */
const mostLogLines = 2_000;

function nothing(): null {
  return null;
}
