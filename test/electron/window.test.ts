// When a window loads what is slow to load: once its page is painted, and not before.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Host } from "../../electron/host/host.ts";
import type { Transport } from "../../electron/ipc/serve.ts";
import { openWindow } from "../../electron/window.ts";
import type { RequestName } from "../../shared/ipc.ts";

const happened = vi.hoisted((): string[] => []);
vi.mock("mssql", () => {
  happened.push("the driver of SQL Server is loaded");
  return { default: {} };
});
vi.mock("@azure/msal-node", () => {
  happened.push("Azure's sign-in is loaded");
  return {};
});

type Answering = Parameters<Transport<string>["onRequest"]>[0];

/** A host whose page is the test; a sign-in was kept in it. */
function fakeHost() {
  let answer: Answering = () => Promise.reject(new Error("Nothing is served."));
  const loadsNothing = () => Promise.resolve();
  const host: Host<string> = {
    needs: {
      kind: "electron",
      notify: () => {
        throw new Error("No test expects a notice.");
      },
      closeWindow: () => undefined,
    },
    system: {
      openInBrowser: loadsNothing,
      startBeside: () => {
        throw new Error("No test expects a process beside.");
      },
      signInStore: {
        load: () => Promise.resolve("a sign-in"),
        save: loadsNothing,
        clear: loadsNothing,
      },
    },
    transport: {
      onRequest: (handler) => void (answer = handler),
      onCancel: () => undefined,
      isAllowed: () => true,
    },
    send: () => undefined,
    show: loadsNothing,
    closed: new Promise(() => undefined),
  };
  return { host, ask: (name: RequestName) => answer({ name, input: {} }, "the page") };
}

test("neither the driver of SQL Server nor Azure's libraries are loaded before the page is painted, and both are right after", async () => {
  const { host, ask } = fakeHost();
  const dataDir = mkdtempSync(join(tmpdir(), "mi-link-data-"));
  const opened = openWindow(host, { dataDir, clientId: "client" }, undefined);
  await Promise.all([ask("app.facts"), ask("connection.list"), ask("settings.read")]);
  // Asked by every page at its start; answered when the sign-in that was kept could be looked at.
  const status = ask("azure.status");
  await vi.dynamicImportSettled();
  happened.push("painted");
  await ask("window.painted");
  await Promise.all([opened, status]);
  await vi.dynamicImportSettled();
  const [first, ...then] = happened;
  expect([first, then.sort()]).toEqual([
    "painted",
    ["Azure's sign-in is loaded", "the driver of SQL Server is loaded"],
  ]);
});
