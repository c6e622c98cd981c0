// Cloud and client id as the operator sets them in a window for real servers. Nobody is asked: a sign-in is cancelled at its first page.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import type { AzureInWindow } from "./azure-in-window.ts";
import { azureInWindow } from "./azure-in-window.ts";
import { patience } from "./patience.ts";

const clientId = "0f9e8d7c-6b5a-4938-a716-253443526170";
const given = "11111111-2222-4333-8444-555555555555";

vi.setConfig({ testTimeout: 180_000 });
onEachHost((openApp) => {
  /** Where a sign-in would go, and as which application. */
  async function signsInAt(azure: AzureInWindow): Promise<readonly (string | null)[]> {
    await azure.open();
    const { host, searchParams } = new URL(await azure.askBrowser());
    await azure.dialog.getByRole("button", { name: "Cancel sign-in" }).click();
    await azure.problem.getByText("The sign-in to Azure was cancelled.").waitFor(patience);
    await azure.close();
    return [host, searchParams.get("client_id"), searchParams.get("scope")?.split(" ")[0] ?? null];
  }

  async function openSettings({ page }: AppUnderTest, azure: AzureInWindow) {
    await azure.menu("Cloud and client id…");
    const dialog = page.getByRole("dialog", { name: "Cloud and client id" });
    await dialog.getByLabel("Client id").waitFor(patience);
    return dialog;
  }

  test("are missing first, kept once they are set, and hold for the next sign-in and the next start", async () => {
    const first = await openApp({ connect: true });
    const azure = azureInWindow(first);
    await azure.open();
    await azure.dialog.getByRole("button", { name: "Sign in with the browser" }).click(patience);
    await azure.problem.getByText(/^No application \(client\) id is set/).waitFor(patience);
    await azure.close();

    const dialog = await openSettings(first, azure);
    await dialog.getByLabel("Client id").fill("not yet");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText(/^A client id looks like/).waitFor();
    await dialog.getByLabel("Client id").fill(clientId);
    await dialog.getByLabel("Cloud").selectOption({ label: "Azure US Government" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(JSON.parse(readFileSync(path.join(first.dataDir, "settings.json"), "utf8"))).toEqual({
      showIntroduction: true,
      azure: { cloud: "usGovernment", clientId },
      zoomPercent: 100,
      notify: true,
      network: { proxy: null, caFile: null },
    });
    const government = "https://management.usgovcloudapi.net/.default";
    const host = "login.microsoftonline.us";
    expect(await signsInAt(azure)).toEqual([host, clientId, government]);
    await first.close();

    const next = await openApp({ connect: true, dataDir: first.dataDir, clientId: given });
    const again = azureInWindow(next);
    const locked = (await openSettings(next, again)).getByLabel("Client id");
    expect([await locked.inputValue(), await locked.isEditable()]).toEqual([given, false]);
    await next.page.getByRole("button", { name: "Cancel" }).click();
    expect(await signsInAt(again)).toEqual([host, given, government]);
    expect(next.estate.control({ ask: "azure" })).toMatchObject({ value: { entra: [], arm: [] } });
    await next.close();
  });
});
