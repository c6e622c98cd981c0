// A connection that is tested names the layer that failed, on a practice estate that refuses, hangs, drops and denies.
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { LayerResult } from "../../../shared/connect/layers.ts";
import { layerOf } from "../../../shared/connect/layers.ts";
import type { RequestInput } from "../../../shared/ipc.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import {
  inProcessWindow,
  openInput,
  practiceAccount,
  practiceWindow,
} from "../../fakes/in-process-window.ts";

// A server that hangs is waited for 10 s.
vi.setConfig({ testTimeout: 60_000 });

let estate: PracticeEstate;
let window: InProcessWindow;
beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: { speed: 1 } });
  window = practiceWindow(estate);
});
afterAll(async () => {
  await window.services.end();
  await estate.stop();
});

/** Each layer's outcome in order, and the codes of what failed. */
function told(results: readonly LayerResult[]): string {
  return results
    .map((one) =>
      one.outcome === "failed" ? one.problems.map(({ code }) => code).join("+") : one.outcome,
    )
    .join(" ");
}

async function testBox(
  change: Partial<RequestInput<"connection.test">> = {},
  by: InProcessWindow = window,
): Promise<readonly LayerResult[]> {
  return by.ask("connection.test", { ...(await openInput(by, estate, "box")), ...change });
}

const statements = () => estate.world.state.statements.length;

describe("a tested connection", () => {
  test("passes every layer, says what it met, and keeps nothing open", async () => {
    const results = await testBox();
    expect(told(results)).toBe("passed passed passed passed passed");
    expect(results.map((one) => (one.outcome === "passed" ? one.sentence : ""))).toEqual([
      "127.0.0.1 is 127.0.0.1.",
      expect.stringMatching(/^Port \d+ takes connections\.$/),
      expect.stringMatching(/^Encrypted; the certificate CN=Practice server is trusted, valid/),
      "SQLBOX01 let practice_dba in.",
      "practice_dba has the rights to read and to fail over.",
    ]);
    expect(await window.ask("connection.list", {})).toEqual([]);
  });

  test("fails at the name where nobody knows it", async () => {
    const real = inProcessWindow();
    const environment = "test";
    const results = await testBox({ server: "no-such-host.invalid", environment }, real);
    expect(told(results)).toBe("hostUnknown notReached notReached notReached notReached");
    await real.services.end();
  });

  test("fails at the port where the server refuses", async () => {
    estate.world.fault({ kind: "unreachable", server: "box", on: true, how: "refused" });
    const before = statements();
    expect(told(await testBox())).toBe("passed portClosed notReached notReached notReached");
    expect(statements()).toBe(before);
    estate.world.fault({ kind: "unreachable", server: "box", on: false, how: "refused" });
  });

  test("fails at TLS where the server takes the connection and lets it fall", async () => {
    estate.world.fault({ kind: "unreachable", server: "box", on: true });
    expect(told(await testBox())).toBe("passed passed connectionClosed notReached notReached");
    estate.world.fault({ kind: "unreachable", server: "box", on: false });
  });

  test("fails at TLS where the server takes the connection and is silent", async () => {
    estate.world.fault({ kind: "blackhole", server: "box", on: true });
    expect(told(await testBox())).toBe("passed passed noAnswer notReached notReached");
    estate.world.fault({ kind: "blackhole", server: "box", on: false });
  });

  test("fails at TLS, with no login sent, where the certificate is another than the one that is trusted", async () => {
    const before = statements();
    const results = await testBox({ trustedFingerprint: "0".repeat(64) });
    expect(told(results)).toBe("passed passed certificateChanged notReached notReached");
    expect(statements()).toBe(before);
  });

  test("fails at TLS where nobody vouches for the certificate", async () => {
    const real = inProcessWindow();
    const results = await testBox({ environment: "test" }, real);
    expect(told(results)).toBe("passed passed certificateUntrusted notReached notReached");
    await real.services.end();
  });

  test("fails at the login with the server's own number where the password is wrong", async () => {
    const { secretId } = await window.ask("secret.keep", { secret: "wrong" });
    const authentication = { kind: "sqlLogin", login: "practice_dba", secretId } as const;
    const results = await testBox({ authentication });
    expect(told(results)).toBe("passed passed passed loginFailed notReached");
    expect(results[3]).toMatchObject({ layer: "login", problems: [{ sqlNumber: 18456 }] });
  });

  test("fails at the login where the Windows password is wrong, and passes with the right one", async () => {
    const { login, password } = practiceAccount(estate);
    const test = async (secret: string) => {
      const { secretId } = await window.ask("secret.keep", { secret });
      return testBox({ authentication: { kind: "windows", login, secretId } });
    };
    const results = await test("wrong");
    expect(told(results)).toBe("passed passed passed windowsLoginRefused notReached");
    expect(results[3]).toMatchObject({ layer: "login", problems: [{ sqlNumber: 18452 }] });
    expect(told(await test(password))).toBe("passed passed passed passed passed");
  });

  test.each([
    ["VIEW ANY DEFINITION", "read availability groups"],
    ["VIEW SERVER STATE", "read the state of availability groups, and who writes"],
  ])("fails at the rights where %s is missing, named with its grant", async (permission, to) => {
    const fault = { kind: "permissionTaken", server: "box", permission } as const;
    estate.world.fault({ ...fault, on: true });
    const failed = (await testBox()).at(-1);
    estate.world.fault({ ...fault, on: false });
    if (failed?.outcome !== "failed") throw new Error("The rights did not fail.");
    const sentences = failed.problems.map(({ summary }) => summary).join(" ");
    expect(sentences).toContain(`Needed to ${to}.`);
    expect(sentences).toMatch(/practice_dba has no VIEW .* on SQLBOX01\./);
    expect(failed.problems[0]?.remedy).toMatch(/^Ask for: GRANT VIEW /);
  });

  test("is refused like every connection where the practice window would leave this computer", async () => {
    const input = await openInput(window, estate, "box");
    const answer = await window.invoke("connection.test", { ...input, server: "192.0.2.1" });
    expect(answer.ok ? "ok" : answer.error.code).toBe("practiceOnlyHere");
  });

  test("is cancelled by its name while a server is silent", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const input = {
      ...(await openInput(window, estate, "box")),
      server: `127.0.0.1,${String(port)}`,
    };
    // The second connection is the one that waits for TLS.
    let taken = 0;
    const second = new Promise<void>((resolve) =>
      silent.on("connection", () => {
        taken += 1;
        if (taken === 2) resolve();
      }),
    );
    const answer = window.invoke("connection.test", input, "test-1");
    await second;
    window.cancel("test-1");
    expect(await answer).toMatchObject({ ok: false, error: { code: "cancelled" } });
    silent.close();
  });
});

test("a login that was sent on to a shut port failed at the port", () => {
  const problem = { class: "block", summary: "", remedy: "" } as const;
  expect(layerOf({ ...problem, code: "redirectUnreachable" }, "login")).toBe("port");
  expect(layerOf({ ...problem, code: "sql18456" }, "login")).toBe("login");
  expect(layerOf({ ...problem, code: "noAnswer" }, "tls")).toBe("tls");
});
