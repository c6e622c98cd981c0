// Preload and Electron host carry the contract, joined by a fake Electron.
import { vi } from "vitest";
import type { Api } from "../../../shared/ipc.ts";
import { openElectronHost } from "../../../electron/host/electron-host.ts";
import { serve } from "../../../electron/ipc/serve.ts";
import { createTell } from "../../../electron/ipc/tell.ts";
import { electron } from "../../fakes/fake-electron.ts";
import type { ServedPage } from "./transport-contract.ts";
import { describeTransport } from "./transport-contract.ts";

vi.mock("electron", async () => (await import("../../fakes/fake-electron.ts")).electronModule);

describeTransport("Electron", async (handlers): Promise<ServedPage> => {
  const host = await openElectronHost({ pageFolder: "/page", preloadFile: "/preload.cjs" });
  if (host === undefined) throw new Error("There is no other instance.");
  serve(handlers, host.transport);
  await host.show({ mayClose: () => true, pageGone: () => undefined });
  await import("../../../electron/preload.ts");
  const api: Api = electron.api();
  return {
    invoke: (name, input, requestId) => api.invoke(name, input, requestId),
    cancel(requestId) {
      api.cancel(requestId);
      return Promise.resolve();
    },
    invokeWithFunction: () =>
      api.invoke("secret.keep", { secret: (() => undefined) as unknown as string }),
    listen(name) {
      const payloads: unknown[] = [];
      const stop = api.on(name, (payload) => void payloads.push(payload));
      return Promise.resolve({
        heard: () => Promise.resolve(payloads),
        stop() {
          stop();
          return Promise.resolve();
        },
      });
    },
    tell: createTell((message) => {
      host.send(message);
    }),
    exposed: () => Promise.resolve(Object.keys(api)),
    async close() {
      host.needs.closeWindow();
      await host.closed;
    },
  };
});
