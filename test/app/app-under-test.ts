// The whole application as its users meet it: real services, the built page in a real browser, a practice estate behind it.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { openChromiumHost } from "../../electron/host/chromium-host.ts";
import { createHandlers } from "../../electron/ipc/handlers.ts";
import { serve } from "../../electron/ipc/serve.ts";
import { createTell } from "../../electron/ipc/tell.ts";
import { realClock } from "../../electron/run/clock.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import { createServices } from "../../electron/services/create-services.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import { startPracticeEstate } from "../../practice/estate.ts";
import { noAzure } from "../fakes/no-azure.ts";
import { browserPath } from "../electron/host/chromium-page.ts";

const root = path.resolve(import.meta.dirname, "../..");

export interface AppUnderTest {
  readonly page: Page;
  readonly estate: PracticeEstate;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** Opens the window on a practice estate, both servers connected, as `npm start` does. */
export async function openApp(scenario = "healthy"): Promise<AppUnderTest> {
  const estate = await startPracticeEstate({ scenario, clock: { speed: 4 } });
  const dataDir = mkdtempSync(path.join(tmpdir(), "mi-link-app-"));
  const host = await openChromiumHost({
    executablePath: browserPath(),
    headless: true,
    pageFolder: path.join(root, "out", "renderer"),
  });
  const services = createServices({
    host: host.needs,
    tell: createTell((message) => {
      host.send(message);
    }),
    connector: mssqlConnector,
    clock: realClock,
    settings: defaultRunSettings,
    azure: noAzure(),
    practice: { authorityPem: readFileSync(estate.caFile, "utf8") },
    dataDir,
  });
  serve(createHandlers(services), host.transport);
  for (const server of estate.servers) {
    await services.connections.open(
      {
        side: server.kind === "sqlServer" ? "box" : "instance",
        server: `${server.host},${String(server.port)}`,
        usePublicEndpoint: false,
        encrypt: "mandatory",
        authentication: {
          kind: "sqlLogin",
          login: server.login,
          secretId: services.secrets.keep(server.password),
        },
        trustedFingerprint: null,
        environment: "practice",
      },
      new AbortController().signal,
    );
  }
  await host.show({ mayClose: services.mayClose, pageGone: () => void services.pageGone() });
  return {
    page: host.page(),
    estate,
    dataDir,
    async close() {
      host.needs.closeWindow();
      await host.closed;
      await services.end();
      await estate.stop();
    },
  };
}
