// Connecting: the certificate before any login, the one that is trusted, the secret that is used once, and what never meets.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { RequestInput } from "../../../shared/ipc.ts";
import {
  codeOf,
  connectBoth,
  inProcessWindow,
  openInput,
  practiceWindow,
  readBoth,
  within,
} from "../../fakes/in-process-window.ts";

let estate: PracticeEstate;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
});
afterAll(() => estate.stop());

function probeOf({ side, server, usePublicEndpoint, encrypt }: RequestInput<"connection.open">) {
  return { side, server, usePublicEndpoint, encrypt };
}

function loginsSeen(): number {
  return estate.world.state.statements.length;
}

describe("connection.probe", () => {
  test.each(["mandatory", "strict"] as const)(
    "shows the certificate with encryption %s before any login, trusted by the estate's authority",
    (encrypt) =>
      within(practiceWindow(estate), async (window) => {
        const before = loginsSeen();
        const input = probeOf(await openInput(window, estate, "box"));
        const { certificate } = await window.ask("connection.probe", { ...input, encrypt });
        expect(certificate).toMatchObject({
          subject: "CN=Practice server",
          issuer: expect.stringMatching(/^CN=Practice authority /) as string,
          names: expect.arrayContaining(["localhost", "127.0.0.1"]) as string[],
          fingerprint: expect.stringMatching(/^[0-9A-F]{64}$/) as string,
          isTrusted: true,
        });
        expect(certificate?.because).toBeUndefined();
        expect(loginsSeen()).toBe(before);
      }),
  );

  test("says why a certificate is not trusted where its authority is not known", () =>
    within(inProcessWindow(), async (window) => {
      const input = probeOf(await openInput(window, estate, "instance"));
      const { certificate } = await window.ask("connection.probe", input);
      expect(certificate).toMatchObject({
        isTrusted: false,
        because: `The certificate of ${input.server} is signed by nobody this computer trusts.`,
      });
    }));

  test("has nothing to show without encryption, and connects to nothing", () =>
    within(inProcessWindow(), async (window) => {
      const input = { side: "box", server: "192.0.2.1", usePublicEndpoint: false } as const;
      expect(await window.ask("connection.probe", { ...input, encrypt: "optional" })).toEqual({
        certificate: null,
      });
    }));

  test("of a port where nobody listens says so, and of a port that speaks something else too", () =>
    within(inProcessWindow(), async (window) => {
      const input = { side: "box", usePublicEndpoint: false, encrypt: "mandatory" } as const;
      const closed = await window.invoke("connection.probe", { ...input, server: "127.0.0.1,1" });
      expect(codeOf(closed)).toBe("portClosed");
    }));

  test("is cancelled by its name while the server keeps silent", () =>
    within(inProcessWindow(), async (window) => {
      const silent = await import("node:net").then(({ createServer }) =>
        createServer(() => undefined).listen(0, "127.0.0.1"),
      );
      await new Promise((resolve) => silent.once("listening", resolve));
      const address = silent.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const connected = new Promise((resolve) => silent.once("connection", resolve));
      const answer = window.invoke(
        "connection.probe",
        {
          side: "box",
          server: `127.0.0.1,${String(port)}`,
          usePublicEndpoint: false,
          encrypt: "mandatory",
        },
        "probe-1",
      );
      await connected;
      window.cancel("probe-1");
      expect(codeOf(await answer)).toBe("cancelled");
      silent.close();
    }));
});

describe("connection.open", () => {
  test("trusts exactly the certificate whose fingerprint was given, and no other", () =>
    within(practiceWindow(estate), async (window) => {
      const input = await openInput(window, estate, "box");
      const { certificate } = await window.ask("connection.probe", probeOf(input));
      const fingerprint = certificate?.fingerprint ?? "";
      const wrong = await window.invoke("connection.open", {
        ...(await openInput(window, estate, "box")),
        trustedFingerprint: fingerprint.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
      });
      expect(codeOf(wrong)).toBe("certificateChanged");
      const right = { ...input, trustedFingerprint: fingerprint };
      expect(await window.ask("connection.open", right)).toMatchObject({ side: "box" });
    }));

  test("uses a secret once; it is in no answer, no event and nowhere a second time", () =>
    within(practiceWindow(estate), async (window) => {
      const input = await openInput(window, estate, "box");
      await window.ask("connection.open", input);
      expect(codeOf(await window.invoke("connection.open", input))).toBe("secretGone");
      const wrong = "W'r]o\"ng 🏦 pass";
      const { secretId } = await window.ask("secret.keep", { secret: wrong });
      const refused = await window.invoke("connection.open", {
        ...input,
        authentication: { kind: "sqlLogin", login: "practice_dba", secretId },
      });
      expect(codeOf(refused)).toBe("loginFailed");
      const everything = JSON.stringify([
        refused,
        window.told,
        await window.ask("connection.list", {}),
        await window.ask("estate.read", {}),
        await window.ask("app.facts", {}),
      ]);
      for (const { password } of estate.servers) expect(everything).not.toContain(password);
      expect(everything).not.toContain("ng 🏦 pass");
    }));

  test("to the same address and side replaces that connection, and tells what there is now", () =>
    within(practiceWindow(estate), async (window) => {
      const first = await connectBoth(window, estate);
      const again = await window.ask("connection.open", await openInput(window, estate, "box"));
      expect(again.connectionId).toBe(first.box.connectionId);
      expect(await window.ask("connection.list", {})).toEqual([again, first.instance]);
      const { box, instance } = await readBoth(window);
      expect([box.kind, instance.kind]).toEqual(["seen", "seen"]);
      await window.ask("connection.close", { connectionId: again.connectionId });
      expect(window.told.at(-1)).toMatchObject({
        name: "connection.changed",
        payload: [{ connectionId: first.instance.connectionId }],
      });
      const { servers } = await window.ask("estate.read", {});
      expect(servers.map(({ connectionId }) => connectionId)).toEqual([
        first.instance.connectionId,
      ]);
      expect((await readBoth(window)).box).toMatchObject({
        kind: "unreachable",
        problem: { code: "notConnected" },
      });
    }));

  test("to another address adds a server beside the others; closing it leaves them", () =>
    within(practiceWindow(estate), async (window) => {
      const first = await connectBoth(window, estate);
      const box = await openInput(window, estate, "box");
      // Another name of the same computer is another address.
      const server = box.server.replace("127.0.0.1", "localhost");
      const added = await window.ask("connection.open", { ...box, server });
      expect(await window.ask("connection.list", {})).toEqual([first.box, added, first.instance]);
      const { servers } = await window.ask("estate.read", {});
      expect(servers.map(({ reading }) => `${reading.side} ${reading.kind}`)).toEqual([
        "box seen",
        "box seen",
        "instance seen",
      ]);
      await window.ask("connection.close", { connectionId: added.connectionId });
      expect(await window.ask("connection.list", {})).toEqual([first.box, first.instance]);
    }));

  test("of nobody is needed to ask: a pair whose servers are not connected says which is missing", () =>
    within(inProcessWindow(), async (window) => {
      const { connections } = window.services;
      const nobody = { box: null, instance: null };
      expect(() => connections.sessions(nobody)).toThrow("SQL Server is not connected.");
      expect(() => connections.environment(nobody)).toThrow(
        "The managed instance is not connected.",
      );
      const unknown = { box: "box-0", instance: "instance-0" };
      expect("unreachable" in connections.sources(unknown).box).toBe(true);
      await expect(connections.openPinned(unknown, "box")).rejects.toThrow("is not connected.");
    }));

  test("refuses the instance where SQL Server belongs, and the other way round", () =>
    within(practiceWindow(estate), async (window) => {
      const instance = await openInput(window, estate, "instance");
      const answer = await window.invoke("connection.open", { ...instance, side: "box" });
      expect(codeOf(answer)).toBe("otherKindOfServer");
      expect(await window.ask("connection.list", {})).toEqual([]);
    }));

  test("asks for an Entra token only over an encrypted connection, and says when nobody is signed in", () =>
    within(inProcessWindow(), async (window) => {
      const input = {
        side: "instance",
        server: "sqlmi1.abc.database.windows.net",
        usePublicEndpoint: true,
        authentication: { kind: "entra", accountId: "a.b" },
        trustedFingerprint: null,
        environment: "production",
      } as const;
      const open = (encrypt: "optional" | "strict") =>
        window.invoke("connection.open", { ...input, encrypt });
      expect(codeOf(await open("optional"))).toBe("entraNeedsEncryption");
      expect(codeOf(await open("strict"))).toBe("notSignedIn");
    }));
});

describe("practice and real servers", () => {
  test("never meet in a window of the practice estate: it reaches this computer alone", () =>
    within(practiceWindow(estate), async (window) => {
      expect(await window.ask("app.facts", {})).toMatchObject({ practice: true });
      const box = await openInput(window, estate, "box");
      const open = (change: Partial<RequestInput<"connection.open">>) =>
        window.invoke("connection.open", { ...box, ...change });
      const answers = [
        await open({ server: "sqlbox01.adatum.example" }),
        await open({ server: "127.0.0.1.adatum.example" }),
        await open({ environment: "production" }),
        await open({ environment: "test" }),
        await open({ encrypt: "optional" }),
        await window.invoke("connection.probe", { ...probeOf(box), server: "192.0.2.1,1433" }),
      ];
      expect(answers.map(codeOf)).toEqual([
        "practiceOnlyHere",
        "practiceOnlyHere",
        "environmentRefused",
        "environmentRefused",
        "practiceEncrypts",
        "practiceOnlyHere",
      ]);
    }));

  test("never meet in a window for real servers, not even by a fingerprint", () =>
    within(inProcessWindow(), async (window) => {
      expect(await window.ask("app.facts", {})).toMatchObject({ practice: false });
      const box = await openInput(window, estate, "box");
      const { certificate } = await window.ask("connection.probe", probeOf(box));
      const open = async (change: Partial<RequestInput<"connection.open">>) =>
        codeOf(
          await window.invoke("connection.open", {
            ...(await openInput(window, estate, "box")),
            environment: "production",
            ...change,
          }),
        );
      expect(await open({ environment: "practice" })).toBe("environmentRefused");
      expect(await open({})).toBe("certificateUntrusted");
      expect(await open({ trustedFingerprint: certificate?.fingerprint ?? "" })).toBe(
        "practiceServer",
      );
      expect(await window.ask("connection.list", {})).toEqual([]);
    }));

  test.each([
    ["SQLBOX01,99999", "addressNotUnderstood"],
    ["a b", "addressNotUnderstood"],
    ["\\SALES", "addressNotUnderstood"],
  ])("of the address %j is said that it is none", (server, code) =>
    within(inProcessWindow(), async (window) => {
      const input = { side: "box", usePublicEndpoint: false, encrypt: "mandatory" } as const;
      expect(codeOf(await window.invoke("connection.probe", { ...input, server }))).toBe(code);
    }),
  );
});
