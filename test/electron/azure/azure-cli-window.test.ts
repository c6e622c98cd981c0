// The window signs in as whom the Azure CLI is signed in: no client id, nothing kept, and az's own words where it refuses.
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { dana } from "../../../practice/entra/directory.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { adatum, optionsFor, startEstate } from "./practice-azure.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** An az that writes its arguments beside itself and then does this. */
function azThat(does: string): void {
  const folder = mkdtempSync(join(tmpdir(), "mi-link-az-window-"));
  writeFileSync(join(folder, "az"), `#!/bin/sh\n${does}\n`);
  chmodSync(join(folder, "az"), 0o700);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"] ?? ""}`);
}

const never = new AbortController().signal;
const signIn = { method: "azureCli", tenant: null } as const;
const noCode = () => {
  throw new Error("No code is asked for.");
};

test.runIf(process.platform !== "win32")(
  "with az's token the subscriptions are read, and no directory was asked by us",
  async () => {
    const estate = await startEstate();
    const token = await tokenFor(estate, dana);
    const answer = { accessToken: token, expires_on: Date.now() / 1000 + 7_200, tenant: adatum };
    azThat(`echo '${JSON.stringify(answer)}'`);
    const azure = createAzureService(optionsFor(estate));
    const account = await azure.signIn(signIn, noCode, never);
    expect(account).toMatchObject({ name: "the account of the Azure CLI", tenantId: adatum });
    const found = await azure.subscriptions({ tenantId: adatum }, never);
    expect(found.map(({ name }) => name)).toContain("Adatum Production");
  },
);

test.runIf(process.platform !== "win32")(
  "what az says against it is told, and nobody is signed in",
  async () => {
    const estate = await startEstate();
    azThat("echo 'ERROR: Please run az login to setup account.' >&2; exit 1");
    const azure = createAzureService(optionsFor(estate));
    await expect(azure.signIn(signIn, noCode, never)).rejects.toThrow("Please run az login");
    expect((await azure.status()).account).toBeNull();
  },
);

test("a tenant that is no name and no id never reaches az", async () => {
  const estate = await startEstate();
  azThat("exit 1");
  const azure = createAzureService(optionsFor(estate));
  await expect(azure.signIn({ ...signIn, tenant: "a; rm -rf /" }, noCode, never)).rejects.toThrow(
    "A tenant is a domain name or an id.",
  );
});
