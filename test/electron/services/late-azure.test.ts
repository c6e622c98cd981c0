// An Azure that hangs beside two servers that answer: the window's readings go on, and what acts still waits for Azure.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { AzurePace } from "../../../shared/ipc.ts";
import type { ServerRead } from "../../../shared/estate/servers.ts";
import { fault, optionsFor, requestsOf } from "../azure/practice-azure.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, practiceWindow } from "../../fakes/in-process-window.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let estate: PracticeEstate;
let window: InProcessWindow;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: { speed: 1 } });
  window = practiceWindow(estate, { azure: createAzureService(optionsFor(estate)) });
  await connectBoth(window, estate);
});
afterAll(async () => {
  await window.services.end();
  await estate.stop();
});

const readAt = async (azure: AzurePace) => {
  const { servers } = await window.ask("estate.read", { azure });
  const of = (side: string): ServerRead | undefined =>
    servers.find(({ reading }) => reading.side === side);
  const instance = of("instance");
  return {
    kinds: [of("box")?.reading.kind, instance?.reading.kind],
    boxAt: of("box")?.reading.at ?? "",
    azure: instance?.azure,
  };
};
const armAsked = () => requestsOf(estate).arm.length;
const slow = (ms: number) => {
  fault(estate, "armFault", { kind: "slow", ms });
};

describe("the window's readings", () => {
  test("tell what Azure says once somebody is signed in, however new the answer before was", async () => {
    expect((await readAt("inTurn")).azure).toEqual({ kind: "notAsked" });
    await window.ask("azure.signIn", { method: "browser", tenant: null });
    await expect.poll(async () => (await readAt("inTurn")).azure?.kind).toBe("seen");
  });

  test("ask Azure nothing in the same minute", async () => {
    const before = armAsked();
    const first = await readAt("inTurn");
    const second = await readAt("inTurn");
    expect(second.boxAt > first.boxAt).toBe(true);
    expect(second.azure).toEqual(first.azure);
    expect(armAsked()).toBe(before);
  });

  test("go on while Azure hangs: both servers are new in each, Azure's last answer keeps its own time", async () => {
    const before = await readAt("inTurn");
    slow(3_600_000);
    const asked = armAsked();
    const first = await readAt("soon");
    const second = await readAt("inTurn");
    expect([first, second]).toMatchObject(
      [first, second].map(() => ({ kinds: ["seen", "seen"], azure: before.azure })),
    );
    expect(first.boxAt > before.boxAt && second.boxAt > first.boxAt).toBe(true);
    // It has answered nobody: nothing of this came from a new answer.
    expect(armAsked()).toBe(asked);
  });

  test("tell its late answer by the next one", async () => {
    const { azure: before } = await readAt("inTurn");
    slow(0);
    // What hangs since then is answered now.
    estate.control({ do: "advance", ms: 3_600_000 });
    await expect
      .poll(async () => (await readAt("inTurn")).azure, { timeout: 30_000 })
      .toMatchObject({ kind: "seen", at: expect.not.stringMatching(atOf(before)) as unknown });
  });

  test("tell nothing of an account that has signed out", async () => {
    await window.ask("azure.signOut", {});
    expect((await readAt("inTurn")).azure).toEqual({ kind: "notAsked" });
  });
});

function atOf(azure: ServerRead["azure"]): string {
  return azure?.kind === "seen" || azure?.kind === "failed" ? azure.at : "";
}
