// An instance opened by a Microsoft Entra token of the practice directory, and kept open by newer ones.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { AzureService } from "../../../electron/services/azure-service.ts";
import { openInput, practiceWindow, readBoth } from "../../fakes/in-process-window.ts";
import { noAzure } from "../../fakes/no-azure.ts";
import { codeFor, redeem } from "../../practice/entra/authorization.ts";
import { sqlScope } from "../../practice/entra/msal.ts";

let estate: PracticeEstate;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
});
afterAll(() => estate.stop());

/** Signed in as Dana; tells the account that was asked for, and fails when it is told to. */
function signedIn() {
  const asked: string[] = [];
  let isRevoked = false;
  const azure: AzureService = {
    ...noAzure(),
    async sqlToken(accountId) {
      asked.push(accountId);
      if (isRevoked) throw new Error("The refresh token was revoked.");
      const { entra } = estate;
      const { body } = await redeem(entra, await codeFor(entra, dana.upn), { scope: sqlScope });
      return String(body["access_token"]);
    },
  };
  return {
    azure,
    asked,
    revoke: () => {
      isRevoked = true;
    },
  };
}

describe("connection.open with Microsoft Entra", () => {
  test("logs in as the account, asks for a token at each reading, and lives on with the old one", async () => {
    const account = signedIn();
    const window = practiceWindow(estate, { azure: account.azure });
    const input = await openInput(window, estate, "instance");
    const facts = await window.ask("connection.open", {
      ...input,
      authentication: { kind: "entra", accountId: "dana.home" },
    });
    expect([facts.login, facts.encrypted, new Set(account.asked)]).toEqual([
      dana.upn,
      true,
      new Set(["dana.home"]),
    ]);
    const before = account.asked.length;
    account.revoke();
    const { instance } = await readBoth(window);
    expect([instance.kind, account.asked.length > before]).toEqual(["seen", true]);
    const answers = JSON.stringify([window.told, facts, instance]);
    expect(answers).not.toMatch(/eyJ[\w-]+\./);
    await window.services.end();
  });
});
