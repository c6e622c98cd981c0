// The Chromium host carries the contract.
import type { Api } from "../../../shared/ipc.ts";
import { serve } from "../../../electron/ipc/serve.ts";
import { createTell } from "../../../electron/ipc/tell.ts";
import { openTestHost } from "./chromium-page.ts";
import type { ServedPage } from "./transport-contract.ts";
import { describeTransport } from "./transport-contract.ts";

/** What the test uses of the page's globals. */
interface TestPage {
  readonly api: Api;
  heard: Record<number, unknown[]>;
  stop: Record<number, () => void>;
}

describeTransport("the Chromium host", async (handlers): Promise<ServedPage> => {
  const host = await openTestHost("globalThis.heard = {}; globalThis.stop = {};");
  serve(handlers, host.transport);
  await host.show({ mayClose: () => true, pageGone: () => undefined });
  const page = host.page();
  await page.waitForLoadState();
  let lastListener = 0;
  return {
    // The page's own call has the same type, and evaluate carries what comes back.
    invoke: ((name, input, requestId) =>
      page.evaluate(
        ([n, i, r]) => (globalThis as unknown as TestPage).api.invoke(n, i as never, r),
        [name, input, requestId] as const,
      )) as Api["invoke"],
    cancel: (requestId) =>
      page.evaluate((id) => {
        (globalThis as unknown as TestPage).api.cancel(id);
      }, requestId),
    invokeWithFunction: () =>
      page.evaluate(() =>
        (globalThis as unknown as TestPage).api.invoke("secret.keep", {
          secret: (() => undefined) as unknown as string,
        }),
      ),
    async listen(name) {
      const listener = (lastListener += 1);
      await page.evaluate(
        ([n, l]) => {
          const { api, heard, stop } = globalThis as unknown as TestPage;
          const payloads: unknown[] = (heard[l] = []);
          stop[l] = api.on(n, (payload) => payloads.push(payload));
        },
        [name, listener] as const,
      );
      return {
        async heard(count) {
          await page.waitForFunction(
            ([l, c]) => ((globalThis as unknown as TestPage).heard[l]?.length ?? 0) >= c,
            [listener, count] as const,
          );
          return page.evaluate((l) => (globalThis as unknown as TestPage).heard[l] ?? [], listener);
        },
        stop: () => page.evaluate((l) => (globalThis as unknown as TestPage).stop[l]?.(), listener),
      };
    },
    tell: createTell((message) => {
      host.send(message);
    }),
    exposed: () => page.evaluate(() => Object.keys((globalThis as unknown as TestPage).api)),
    async close() {
      host.needs.closeWindow();
      await host.closed;
    },
  };
});
