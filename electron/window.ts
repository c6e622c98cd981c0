// One window from its opening to its end: host, services and, for practice, the estate, wired together.
import { join } from "node:path";
import { clouds, practiceCloud } from "./azure/clouds.ts";
import { createAzureService } from "./azure/azure-service.ts";
import type { Beside, Host } from "./host/host.ts";
import { createHandlers } from "./ipc/handlers.ts";
import { serve } from "./ipc/serve.ts";
import { createTell } from "./ipc/tell.ts";
import type { PracticeFacts } from "./practice-estate.ts";
import { practiceFacts } from "./practice-estate.ts";
import type { Clock } from "./run/clock.ts";
import { realClock } from "./run/clock.ts";
import { defaultRunSettings } from "./run/run-tools.ts";
import type { AzureService } from "./services/azure-service.ts";
import type { Services } from "./services/create-services.ts";
import { createServices } from "./services/create-services.ts";
import { mssqlConnector } from "./sql/mssql-session.ts";
import type { WindowOptions } from "./window-options.ts";

/** Where the build puts what a window needs, beside this bundle. */
export const pageFolder = join(import.meta.dirname, "..", "renderer");
export const preloadFile = join(import.meta.dirname, "preload.cjs");
const practiceScript = join(import.meta.dirname, "..", "practice", "main.js");

type Given = Pick<WindowOptions, "dataDir" | "clientId"> & {
  /** Whose time gates, runs and a sign-in wait by; the real one where none is given. */
  readonly clock?: Clock;
};

/** Shows the window with its services behind it. `practice`: see `practiceFacts`; both its servers are connected at the end. */
export async function openWindow<Sender>(
  host: Host<Sender>,
  options: Given,
  practice: PracticeFacts | undefined,
): Promise<Services> {
  const services = createServices({
    host: host.needs,
    tell: createTell((message) => {
      host.send(message);
    }),
    connector: mssqlConnector,
    clock: options.clock ?? realClock,
    settings: defaultRunSettings,
    azure: azureOf(host, options, practice),
    practice: practice && { authorityPem: practice.authorityPem },
    dataDir: options.dataDir,
  });
  serve(createHandlers(services), host.transport);
  await host.show({
    mayClose: services.mayClose,
    pageGone: () => void services.pageGone(),
  });
  if (practice !== undefined) await connectPractice(services, practice);
  return services;
}

/** After the window is closed. A run outlives it by the step in flight, and starts no more. */
export async function endWindow({ runs, clock, end }: Services): Promise<void> {
  runs.leave();
  while (runs.inFlight() !== undefined) await clock.wait(100);
  await end();
}

/**
 * Shows the window, beside a practice estate of its own unless `connect` asks for real servers. Resolves when it is closed
 * and everything it had begun has ended.
 */
export async function runWindow<Sender>(host: Host<Sender>, options: WindowOptions): Promise<void> {
  const estate = options.connect ? undefined : host.system.startBeside(practiceScript);
  try {
    const practice = estate && (await factsOrClosed(host, estate));
    if (practice === "closed") return;
    const services = await openWindow(host, options, practice);
    await host.closed;
    await endWindow(services);
  } finally {
    estate?.end();
    await estate?.ended;
  }
}

function factsOrClosed(
  { closed }: Pick<Host<never>, "closed">,
  estate: Beside,
): Promise<PracticeFacts | "closed"> {
  return Promise.race([practiceFacts(estate), closed.then(() => "closed" as const)]);
}

function azureOf(
  { system }: Pick<Host<never>, "system">,
  { clientId, clock = realClock }: Given,
  practice: PracticeFacts | undefined,
): AzureService {
  const common = { openBrowser: system.openInBrowser, clock };
  if (practice !== undefined) {
    return createAzureService({
      ...common,
      cloud: practiceCloud(practice.azure),
      clientId: practice.clientId,
      transport: { kind: "node", caCertificatePem: practice.authorityPem },
      // Its accounts are made new at each start.
      cacheStore: undefined,
    });
  }
  return createAzureService({
    ...common,
    cloud: clouds.public,
    clientId,
    transport:
      system.fetch === undefined ? { kind: "node" } : { kind: "fetch", fetch: system.fetch },
    cacheStore: system.signInStore,
  });
}

/** Both servers, as an operator would; one that does not answer is told by the page when it is asked for. */
async function connectPractice(services: Services, { servers }: PracticeFacts): Promise<void> {
  const { secrets, connections } = services;
  const { signal } = new AbortController();
  await Promise.allSettled(
    servers.map(({ open, login, password }) => {
      const secretId = secrets.keep(password);
      return connections.open(
        { ...open, authentication: { kind: "sqlLogin", login, secretId } },
        signal,
      );
    }),
  );
}
