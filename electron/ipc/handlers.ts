// Every request of the contract and who answers it; a missing or an extra one does not compile.
import { readEstate } from "../estate/read.ts";
import { readRowCounts } from "../estate/read-row-counts.ts";
import { lookAtCopies } from "../run/make-repair-plan.ts";
import { operatorName } from "../run/who-runs.ts";
import { toolVersion } from "../run/tool-version.ts";
import { proposeSurvivor } from "../../shared/repair/survivor.ts";
import type { Services } from "../services/create-services.ts";
import { reportText } from "../services/reports.ts";
import { readSettings, writeSettings } from "../services/settings.ts";
import { rememberLinks } from "../store/link-memory.ts";
import type { Handlers } from "./serve.ts";

export function createHandlers(services: Services): Handlers {
  const { azure, clock, connections, dataFolder, files, host, plans, runs } = services;
  const { gateWatch, repairToDos, targetWatch } = services;
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
    "estate.read": async (_input, { signal }) => {
      const estate = await readEstate(connections.sources(), clock, signal);
      rememberLinks(dataFolder, estate);
      repairToDos.seen(estate);
      return estate;
    },
    "readiness.check": ({ choices }, { signal }) => plans.check(choices, signal),
    "readiness.assess": (input, { signal }) => services.readiness.assess(input, signal),
    "gate.watch": ({ choices }, { signal }) => gateWatch.watch(choices, signal).then(nothing),
    "gate.unwatch": () => gateWatch.unwatch().then(nothing),
    "target.watch": (target, { signal }) => targetWatch.watch(target, signal).then(nothing),
    "target.unwatch": () => targetWatch.unwatch().then(nothing),
    "repair.toDos": () => repairToDos.list(),
    "repair.look": async ({ linkName }) => {
      const { link, copies } = await lookAtCopies(connections.sources(), linkName, clock);
      return { copies, proposal: proposeSurvivor({ copies }, repairToDos.wasForced(link)) };
    },
    "plan.make": ({ choices }, { signal }) => plans.make(choices, signal),
    "leftovers.list": () => services.tasks.leftovers(),
    "plan.scripts": ({ planHash }) => plans.scripts(planHash),
    "plan.dryRun": ({ planHash }) => runs.rehearse(planHash),
    "run.start": ({ planHash, typedLinkName }) => runs.start(planHash, typedLinkName),
    "run.stop": ({ runId }) => {
      runs.stop(runId);
      return null;
    },
    "run.follow": ({ afterSequence }) => runs.follow(afterSequence),
    "rows.count": ({ database }, { signal }) =>
      readRowCounts(connections.sources(), { database }, signal),
    "run.left": (_input, { signal }) => services.leftRuns.tell(signal),
    "report.text": (input) =>
      reportText(input, { dataFolder, eventsOf: (runId) => runs.eventsOf(runId) }),
    "file.pickSavePath": (input) => files.pickSavePath(input),
    "file.listFolder": (input) => files.listFolder(input),
    "file.save": (input) => files.save(input),
    "azure.signIn": (input, { signal }) =>
      azure.signIn(
        input,
        (code) => {
          services.tell("azure.deviceCode", code);
        },
        signal,
      ),
    "azure.cancelSignIn": () => {
      azure.cancelSignIn();
      return null;
    },
    "azure.status": () => azure.status(),
    "azure.signOut": () => azure.signOut().then(nothing),
    "azure.tenants": (_input, { signal }) => azure.tenants(signal),
    "azure.subscriptions": (input, { signal }) => azure.subscriptions(input, signal),
    "azure.findInstance": (input, { signal }) => azure.findInstance(input, signal),
    "settings.read": () => readSettings(dataFolder()),
    "settings.write": async (input) => {
      writeSettings(dataFolder(), input);
      // A sign-in belongs to the cloud and the application it was made with; the practice estate has its own.
      if (input.azure !== undefined && !services.isPractice) await azure.signOut();
      return null;
    },
    "practice.drills": () => services.drills.view(),
    "practice.start": ({ drillId }) => services.drills.start(drillId).then(nothing),
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
  } satisfies Handlers;
}

function nothing(): null {
  return null;
}
