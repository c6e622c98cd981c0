// A change of cloud or client id as the page makes it: kept, and the sign-in of before ended.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAuthority } from "../../../practice/tds/authority.ts";
import { inProcessWindow } from "../../fakes/in-process-window.ts";
import { noAzure } from "../../fakes/no-azure.ts";

const china = { cloud: "china", clientId: "5c8f1d2e-9a43-4b67-8e10-d3f6a2b7c954" } as const;

function countedWindow(practice?: { readonly authorityPem: string }) {
  let signOuts = 0;
  const signOut = () => {
    signOuts += 1;
    return Promise.resolve();
  };
  const window = inProcessWindow({ azure: { ...noAzure(), signOut }, practice });
  return { window, signOuts: () => signOuts };
}

describe("settings.write", () => {
  test("of cloud and client id keeps them and signs out", async () => {
    const { window, signOuts } = countedWindow();
    await window.ask("settings.write", { azure: china });
    expect(await window.ask("settings.read", {})).toMatchObject({ azure: china });
    expect(signOuts()).toBe(1);
  });

  test("of anything else leaves a sign-in alone", async () => {
    const { window, signOuts } = countedWindow();
    await window.ask("settings.write", { showIntroduction: false });
    expect(signOuts()).toBe(0);
  });

  test("leaves the practice estate's own sign-in alone", async () => {
    const { window, signOuts } = countedWindow({ authorityPem: "" });
    await window.ask("settings.write", { azure: china });
    expect(signOuts()).toBe(0);
  });

  test.each([
    { azure: { ...china, clientId: "5c8f1d2e" } },
    { azure: { ...china, cloud: "moon" } },
    { azure: { cloud: "china" } },
    { network: { proxy: "http://gate:secret@proxy:8080", caFile: null } },
    { network: { proxy: "https://proxy:8080", caFile: null } },
    { network: { proxy: null } },
  ])("refuses %j", async (input) => {
    const { window } = countedWindow();
    const answer = await window.send({ name: "settings.write", input });
    expect(answer).toMatchObject({ ok: false, error: { code: "inputRefused" } });
  });
});

test("a certificate authority's file is kept only where it is one, and not the practice estate's", async () => {
  const window = inProcessWindow();
  const folder = mkdtempSync(join(tmpdir(), "mi-link-ca-"));
  const fileOf = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const { caCertificatePem: own } = await createAuthority("Adatum Web Gateway");
  const { caCertificatePem: practice } = await createAuthority();
  const write = async (caFile: string) => {
    const input = { network: { proxy: null, caFile } };
    const answer = await window.send({ name: "settings.write", input });
    return answer.ok ? "kept" : answer.error.code;
  };
  expect(await write(fileOf("text.pem", "no certificate"))).toBe("authorityFileNotRead");
  expect(await write(fileOf("practice.pem", practice))).toBe("authorityOfPractice");
  expect((await window.ask("settings.read", {})).network.caFile).toBeNull();
  const kept = fileOf("own.pem", own);
  expect(await write(kept)).toBe("kept");
  expect((await window.ask("settings.read", {})).network.caFile).toBe(kept);
});

test("app.facts tell the client id that this start was given", async () => {
  const { clientId } = china;
  expect(await inProcessWindow({ clientId }).ask("app.facts", {})).toMatchObject({ clientId });
  expect(await inProcessWindow().ask("app.facts", {})).toMatchObject({ clientId: null });
});
