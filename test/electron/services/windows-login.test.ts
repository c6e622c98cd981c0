// Windows logins of the window: NTLM with a password, and single sign-on over a stand-in for msnodesqlv8.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectorWith } from "../../../electron/sql/connector.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { Connector, ServerLogin } from "../../../electron/sql/session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import { fakeOdbc } from "../../fakes/fake-odbc.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import {
  choicesFor,
  codeOf,
  inProcessWindow,
  openInput,
  pairIn,
  practiceAccount,
  practiceWindow,
  readBoth,
  within,
} from "../../fakes/in-process-window.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

let estate: PracticeEstate;
beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
});
afterAll(() => estate.stop());

/** Who has sent statements to SQL Server since `count` of them. */
function sentAs(count: number): ReadonlySet<string> {
  const statements = estate.world.state.statements.slice(count);
  return new Set(statements.filter(({ server }) => server === "box").map(({ login }) => login));
}

describe("connection.open with a Windows login", () => {
  const windows = async (
    window: InProcessWindow,
    encrypt: "mandatory" | "optional",
    { login, password } = { login: "CORP\\dba", password: "P@ss" },
  ) => {
    const input = await openInput(window, estate, "box");
    const { secretId } = await window.ask("secret.keep", { secret: password });
    const authentication = { kind: "windows", login, secretId } as const;
    return { ...input, encrypt, authentication };
  };

  test("logs in by NTLM, and everything is read as that account", () =>
    within(practiceWindow(estate), async (window) => {
      const account = practiceAccount(estate);
      const connected = await window.ask(
        "connection.open",
        await windows(window, "mandatory", account),
      );
      expect(connected).toMatchObject({ side: "box", login: account.login });
      await window.ask("connection.open", await openInput(window, estate, "instance"));
      const before = estate.world.state.statements.length;
      await readBoth(window);
      expect(sentAs(before)).toEqual(new Set([account.login]));
    }));

  test("is the login of the one connection that a run sends its steps on", async () => {
    const { login, password } = practiceAccount(estate);
    const [domain = "", user = ""] = login.split("\\");
    const by = { ...practiceLogins(estate).box, login: user, domain, password };
    const session = await mssqlConnector.connectPinned(by);
    const before = estate.world.state.statements.length;
    await session.execute("EXEC sp_getapplock N'test', 'Exclusive', 'Session', 0;");
    expect(sentAs(before)).toEqual(new Set([login]));
    await session.close();
  });

  test.each([
    ["a wrong password", { password: "wrong" }],
    ["an account of another domain", { login: "CORP\\dba" }],
  ])("with %s is refused with 18452, and both causes are named", (_, wrong) =>
    within(practiceWindow(estate), async (window) => {
      const input = await windows(window, "mandatory", { ...practiceAccount(estate), ...wrong });
      expect(await window.invoke("connection.open", input)).toMatchObject({
        ok: false,
        error: {
          code: "windowsLoginRefused",
          sqlNumber: 18452,
          summary: expect.stringMatching(/password is wrong, or the domain/u) as string,
        },
      });
    }),
  );

  test("is never sent in clear", () =>
    within(inProcessWindow(), async (window) => {
      const input = { ...(await windows(window, "optional")), environment: "test" } as const;
      expect(codeOf(await window.invoke("connection.open", input))).toBe("windowsNeedsEncryption");
    }));

  test("without a domain is refused before anything is sent", () =>
    within(practiceWindow(estate), async (window) => {
      const input = await windows(window, "mandatory");
      const authentication = { ...input.authentication, login: "dba" };
      const answer = await window.invoke("connection.open", { ...input, authentication });
      expect(codeOf(answer)).toBe("inputRefused");
    }));
});

describe("connection.open with the Windows session", () => {
  const bySession = { authentication: { kind: "windowsSession" }, environment: "test" } as const;
  const input = async (window: InProcessWindow) => ({
    ...(await openInput(window, estate, "box")),
    ...bySession,
  });

  test("logs in without a password, and SQL Server is read as who runs this program", () => {
    const { driver } = fakeOdbc(estate);
    const connector = connectorWith({ platform: "win32", load: () => driver });
    return within(inProcessWindow({ connector }), async (window) => {
      const opened = await window.ask("connection.open", await input(window));
      expect(opened).toMatchObject({ login: "PRACTICE\\dba", serverName: "SQLBOX01" });
      const before = estate.world.state.statements.length;
      const { box } = await readBoth(window);
      expect(box).toMatchObject({ kind: "seen" });
      expect(sentAs(before)).toEqual(new Set(["PRACTICE\\dba"]));
    });
  });

  test.runIf(process.platform !== "win32")("says that this is Windows' alone, at the login", () =>
    within(inProcessWindow(), async (window) => {
      const answer = await window.invoke("connection.open", await input(window));
      expect(codeOf(answer)).toBe("singleSignOnWindowsOnly");
    }),
  );

  test("starts no run and ends no session: nothing is locked, sent or changed", async () => {
    const timed = await startTimedEstate({ scenario: "healthy" });
    const odbc = connectorWith({ platform: "win32", load: () => fakeOdbc(timed).driver });
    // A practice window trusts the practice authority alone, which ODBC could not: here it does.
    const trusting = (login: ServerLogin) =>
      login.isWindowsSession === true ? { ...login, caCertificatePem: undefined } : login;
    const connector: Connector = {
      connect: (login, signal) => odbc.connect(trusting(login), signal),
      connectPinned: (login, signal) => odbc.connectPinned(trusting(login), signal),
    };
    await within(practiceWindow(timed, { connector, clock: timed.clock }), async (window) => {
      const box = await openInput(window, timed, "box");
      await window.ask("connection.open", { ...box, authentication: { kind: "windowsSession" } });
      await window.ask("connection.open", await openInput(window, timed, "instance"));
      timed.world.setWorkload(false);
      const made = await window.ask("plan.make", {
        pair: await pairIn(window),
        choices: await choicesFor(window),
      });
      const answer = await window.invoke("run.start", { planHash: made.plan?.hash ?? "" });
      expect(codeOf(answer)).toBe("singleSignOnReadsOnly");
      const [session] = await window.ask("connection.list", {});
      const end = await window.invoke("session.end", {
        ...{ connectionId: session?.connectionId ?? "", serverName: "SQLBOX01", sessionId: 201 },
        ...{ loginTime: "2026-11-21T08:00:00.000", hostProcessId: 1, login: "app" },
      });
      expect(codeOf(end)).toBe("singleSignOnReadsOnly");
    });
    expect(truth(timed.world.state).changes).toEqual([]);
    await timed.stop();
  });

  test("is never sent in clear", () =>
    within(inProcessWindow(), async (window) => {
      const open = { ...(await input(window)), encrypt: "optional" } as const;
      expect(codeOf(await window.invoke("connection.open", open))).toBe("windowsNeedsEncryption");
    }));
});
