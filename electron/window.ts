// One window from its opening to its end: host, services and, for practice, the estate, wired together.
import { join } from "node:path";
import { practiceCloud } from "./azure/clouds.ts";
import { createAzureService } from "./azure/azure-service.ts";
import { createNetworkTest } from "./azure/network-test.ts";
import type { Access } from "./azure/network-test.ts";
import { networkOf, practiceNetwork } from "./azure/node-network.ts";
import type { Transport } from "./azure/transport.ts";
import { registrationOf } from "./azure/registration.ts";
import type { Beside, Host, HostSystem, HostWeb } from "./host/host.ts";
import { createHandlers } from "./ipc/handlers.ts";
import { serve } from "./ipc/serve.ts";
import { createTell } from "./ipc/tell.ts";
import type { PracticeFacts } from "./practice-estate.ts";
import { practiceFacts } from "./practice-estate.ts";
import type { Clock } from "./run/clock.ts";
import { realClock } from "./run/clock.ts";
import { defaultRunSettings } from "./run/run-tools.ts";
import type { CacheStore } from "./azure/token-cache.ts";
import type { Services } from "./services/create-services.ts";
import { createServices } from "./services/create-services.ts";
import { logRefusal, startWords } from "./services/log-words.ts";
import { readSettings } from "./services/settings.ts";
import { loadMssql } from "./sql/load-mssql.ts";
import { connector } from "./sql/connector.ts";
import type { Settings } from "../shared/ipc.ts";
import type { NetworkSettings } from "../shared/network/network-settings.ts";
import type { WindowOptions } from "./window-options.ts";

/** Where the build puts what a window needs, beside this bundle. */
export const pageFolder = join(import.meta.dirname, "..", "renderer");
export const preloadFile = join(import.meta.dirname, "preload.cjs");
const practiceScript = join(import.meta.dirname, "..", "practice", "main.js");

type Given = Pick<WindowOptions, "dataDir" | "clientId"> & {
  /** Whose time gates, runs and a sign-in wait by; the real one where none is given. */
  readonly clock?: Clock;
};

/**
 * Shows the window with its services behind it. What is slow to load, the driver of SQL Server and Azure's libraries, is
 * loaded once the page is painted. `practice`: see `practiceFacts`; both its servers are connected at the end.
 */
export async function openWindow<Sender>(
  host: Host<Sender>,
  options: Given,
  practice: PracticeFacts | undefined,
): Promise<Services> {
  let paint: () => void = () => undefined;
  const painted = new Promise<void>((resolve) => {
    paint = resolve;
  });
  const services: Services = createServices({
    host: host.needs,
    tell: createTell((message) => {
      host.send(message);
    }),
    connector,
    clock: options.clock ?? realClock,
    settings: defaultRunSettings,
    ...azureOf(host, options, practice, {
      set: () => readSettings(services.dataFolder()),
      painted,
    }),
    practice: practice && { authorityPem: practice.authorityPem, control: practice.control },
    onPainted: paint,
    dataDir: options.dataDir,
    clientId: practice === undefined ? options.clientId : undefined,
  });
  const { log } = services;
  log.write("info", "start", startWords(host.needs.kind));
  serve(createHandlers(services), host.transport, (refused) => {
    logRefusal(log, refused);
  });
  await host.show({
    mayClose: services.mayClose,
    pageGone: () => void services.pageGone(),
  });
  await Promise.race([painted, host.closed]);
  // Ahead of the first connection, which would have to say it if this failed.
  loadMssql().catch(() => undefined);
  if (practice !== undefined) await connectPractice(services, practice);
  return services;
}

/** The practice estate of a window, starting; undefined where `connect` asks for real servers. */
export function startEstate(
  system: Pick<HostSystem, "startBeside">,
  { connect }: Pick<WindowOptions, "connect">,
): Beside | undefined {
  return connect ? undefined : system.startBeside(practiceScript);
}

/** After the window is closed. A run outlives it by the step in flight, and starts no more. */
export async function endWindow({ runs, clock, end }: Services): Promise<void> {
  runs.leave();
  while (runs.inFlight() !== undefined) await clock.wait(100);
  await end();
}

/** Shows the window, beside its practice estate if there is one. Resolves when it is closed and everything it had begun has ended. */
export async function runWindow<Sender>(
  host: Host<Sender>,
  options: WindowOptions,
  estate: Beside | undefined,
): Promise<void> {
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

interface AzureParts {
  /** As the operator has set it. */
  readonly set: () => Settings;
  readonly painted: Promise<void>;
}

function azureOf(
  { system }: Pick<Host<never>, "system">,
  given: Given,
  practice: PracticeFacts | undefined,
  { set, painted }: AzureParts,
): Pick<Services, "azure" | "networkTest"> {
  const { clock = realClock } = given;
  const common = { openBrowser: system.openInBrowser, clock };
  if (practice !== undefined) {
    const { clientId } = practice;
    const cloud = practiceCloud(practice.azure);
    const network = () => practiceNetwork(practice.authorityPem);
    return {
      azure: createAzureService({
        ...common,
        registration: () => ({ cloud, clientId }),
        transport: { kind: "node", network },
        // Its accounts are made new at each start.
        cacheStore: undefined,
      }),
      networkTest: createNetworkTest(() => cloud, { kind: "node", network }),
    };
  }
  const registration = () => registrationOf(set().azure, given.clientId);
  const { transport, access } = wayOut(system.web, () => set().network);
  return {
    azure: createAzureService({
      ...common,
      registration,
      transport,
      cacheStore: system.signInStore && openedAfter(painted, system.signInStore),
    }),
    networkTest: createNetworkTest(() => registration().cloud, access),
  };
}

/** How requests leave, and how that is tested. What is set holds from the next request on. */
function wayOut(
  web: HostWeb | undefined,
  set: () => NetworkSettings,
): { readonly transport: Transport; readonly access: Access } {
  if (web === undefined) {
    const network = () => networkOf(set());
    return { transport: { kind: "node", network }, access: { kind: "node", network } };
  }
  const withProxy = <T>(act: () => T): T => {
    web.useProxy(set().proxy);
    return act();
  };
  return {
    transport: {
      kind: "fetch",
      fetch: (input, init) => withProxy(() => web.fetch(input, init)),
      freshFetch: () => withProxy(web.freshFetch),
    },
    access: {
      kind: "host",
      proxy: () => set().proxy,
      web: {
        witnessedFetch: (host) => withProxy(() => web.witnessedFetch(host)),
        resolveProxy: (url) => withProxy(() => web.resolveProxy(url)),
      },
    },
  };
}

/** A sign-in that was kept loads Azure's libraries, and the page asks for it before it is painted. */
function openedAfter(painted: Promise<void>, store: CacheStore): CacheStore {
  return {
    ...store,
    async load() {
      await painted;
      return store.load();
    },
  };
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
