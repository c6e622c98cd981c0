// A change of cloud or client id as the page makes it: kept, and the sign-in of before ended.
import { describe, expect, test } from "vitest";
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
  ])("refuses %j", async (input) => {
    const { window } = countedWindow();
    const answer = await window.send({ name: "settings.write", input });
    expect(answer).toMatchObject({ ok: false, error: { code: "inputRefused" } });
  });
});

test("app.facts tell the client id that this start was given", async () => {
  const { clientId } = china;
  expect(await inProcessWindow({ clientId }).ask("app.facts", {})).toMatchObject({ clientId });
  expect(await inProcessWindow().ask("app.facts", {})).toMatchObject({ clientId: null });
});
