// Remembered pairs and passwords over the contract: what a restart finds again, and where a password is and is not.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SafeStore } from "../../../electron/services/host-needs.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, openInput, practiceWindow } from "../../fakes/in-process-window.ts";

let estate: PracticeEstate;
beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
});
afterAll(() => estate.stop());

interface KeyStore extends SafeStore {
  text: string | null;
}

function keyStore(): KeyStore {
  return {
    text: null,
    isAvailable: () => Promise.resolve(true),
    load() {
      return Promise.resolve(this.text);
    },
    save(text) {
      this.text = text;
      return Promise.resolve();
    },
    clear() {
      this.text = null;
      return Promise.resolve();
    },
  };
}

const hostWith = (passwordStore: SafeStore) =>
  ({
    kind: "electron",
    passwordStore,
    notify: () => undefined,
    closeWindow: () => undefined,
  }) as const;

/** Both servers connected and read once. */
async function used(window: InProcessWindow): Promise<void> {
  await connectBoth(window, estate);
  await window.ask("estate.read", {});
}

describe("a pair that was connected", () => {
  test("is found again at the next start, with everything but the passwords", async () => {
    const window = practiceWindow(estate);
    await used(window);
    await window.services.end();
    const next = practiceWindow(estate, { dataDir: window.dataDir });
    const { pairs, canRememberPasswords, problem } = await next.ask("pairs.list", {});
    expect(pairs).toMatchObject([
      {
        name: null,
        isPinned: false,
        environment: "practice",
        box: {
          serverName: "SQLBOX01",
          authentication: { kind: "sqlLogin", login: "practice_dba" },
        },
        instance: { encrypt: "mandatory", trustedFingerprint: null },
        isPasswordKept: { box: false, instance: false },
      },
    ]);
    expect([canRememberPasswords, problem]).toEqual([false, undefined]);
    const written = readdirSync(window.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(written.length).toBeGreaterThan(0);
    for (const { password } of estate.servers) {
      expect(written.filter((text) => text.includes(password))).toHaveLength(0);
    }
    await next.services.end();
  });

  test("is not remembered by a window that meets another practice estate", async () => {
    const window = practiceWindow(estate);
    await used(window);
    await window.services.end();
    const other = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    const next = practiceWindow(other, { dataDir: window.dataDir });
    expect((await next.ask("pairs.list", {})).pairs).toEqual([]);
    await next.services.end();
    await other.stop();
  });

  test("keeps its pin and its name when it is used again, and is gone once it is removed", async () => {
    const window = practiceWindow(estate);
    await used(window);
    const pairId = (await window.ask("pairs.list", {})).pairs[0]?.pairId ?? "";
    const change = (change: { kind: "pin"; isPinned: boolean } | { kind: "remove" }) =>
      window.ask("pairs.change", { pairId, change });
    await window.ask("pairs.change", { pairId, change: { kind: "rename", name: "Payroll" } });
    await change({ kind: "pin", isPinned: true });
    await used(window);
    expect((await window.ask("pairs.list", {})).pairs).toMatchObject([
      { name: "Payroll", isPinned: true },
    ]);
    expect((await change({ kind: "remove" })).pairs).toEqual([]);
    await window.ask("estate.read", {});
    expect((await window.ask("pairs.list", {})).pairs).toEqual([]);
    await window.services.end();
  });

  test("says so where its file cannot be understood, and is written anew", async () => {
    const window = practiceWindow(estate);
    writeFileSync(join(window.dataDir, "practice-pairs.json"), "{");
    const damaged = await window.ask("pairs.list", {});
    expect([damaged.pairs, damaged.problem?.code]).toEqual([[], "pairsDamaged"]);
    await used(window);
    expect(await window.ask("pairs.list", {})).toMatchObject({ pairs: [{ isPinned: false }] });
    await window.services.end();
  });
});

describe("a password", () => {
  /** Connects SQL Server with the password kept by the key store, or by what was remembered there. */
  async function openBox(window: InProcessWindow, how: "typed" | "remembered", remember?: boolean) {
    const input = await openInput(window, estate, "box");
    const login = "practice_dba";
    return window.invoke("connection.open", {
      ...input,
      ...(how === "typed"
        ? {}
        : { authentication: { kind: "sqlLogin", login, secretId: null } as const }),
      ...(remember === undefined ? {} : { rememberPassword: remember }),
    });
  }

  test("is remembered by the key store alone once it has opened the server, and opens it again", async () => {
    const store = keyStore();
    const window = practiceWindow(estate, { host: hostWith(store) });
    expect((await openBox(window, "typed", true)).ok).toBe(true);
    const password = estate.servers[0]?.password ?? "";
    expect(Object.values(JSON.parse(store.text ?? "{}") as object)).toEqual([password]);
    await window.services.end();
    const next = practiceWindow(estate, { host: hostWith(store), dataDir: window.dataDir });
    expect((await openBox(next, "remembered")).ok).toBe(true);
    await next.services.end();
  });

  test("that is wrong is not remembered", async () => {
    const store = keyStore();
    const window = practiceWindow(estate, { host: hostWith(store) });
    const input = await openInput(window, estate, "box");
    const { secretId } = await window.ask("secret.keep", { secret: "wrong" });
    const authentication = { kind: "sqlLogin", login: "practice_dba", secretId } as const;
    const answer = await window.invoke("connection.open", {
      ...input,
      authentication,
      rememberPassword: true,
    });
    expect([answer.ok, store.text]).toEqual([false, null]);
    await window.services.end();
  });

  test("is forgotten where the tick was taken away, and with its pair", async () => {
    const store = keyStore();
    const window = practiceWindow(estate, { host: hostWith(store) });
    await openBox(window, "typed", true);
    await openBox(window, "typed", false);
    expect(store.text).toBeNull();
    await openBox(window, "typed", true);
    await window.ask("connection.open", await openInput(window, estate, "instance"));
    await window.ask("estate.read", {});
    const listed = await window.ask("pairs.list", {});
    expect(listed).toMatchObject({
      canRememberPasswords: true,
      pairs: [{ isPasswordKept: { box: true, instance: false } }],
    });
    const pairId = listed.pairs[0]?.pairId ?? "";
    await window.ask("pairs.change", { pairId, change: { kind: "remove" } });
    expect(store.text).toBeNull();
    await window.services.end();
  });

  test("that nobody remembers is asked for, by a sentence that names the login", async () => {
    const window = practiceWindow(estate, { host: hostWith(keyStore()) });
    const answer = await openBox(window, "remembered");
    expect(answer.ok ? "" : answer.error.summary).toMatch(
      /^No password is remembered for practice_dba at 127\.0\.0\.1,\d+\.$/,
    );
    await window.services.end();
  });
});
