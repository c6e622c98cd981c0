// What both hosts guard with: files of the page, web addresses, the driver's environment, the sign-in's file.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanEnvironment } from "../../../electron/host/load-playwright.ts";
import {
  contentSecurityPolicy,
  isOfOrigin,
  readPageFile,
} from "../../../electron/host/page-files.ts";
import { createSafeFile } from "../../../electron/host/safe-file.ts";
import { webAddress } from "../../../electron/host/web-address.ts";

describe("files of the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "mi-link-page-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "page");
  writeFileSync(join(folder, "assets", "a b.js"), "script");
  writeFileSync(join(folder, "secret.pem"), "key");
  writeFileSync(`${folder}-beside.js`, "beside");
  const status = async (path: string) =>
    (await readPageFile(folder, `https://app.invalid${path}`)).status;

  test.each(["/", "/index.html", "/index.html?x#y", "/assets/a%20b.js"])("has %s", async (path) => {
    expect(await status(path)).toBe(200);
  });
  test.each([
    "/missing.js",
    "/assets",
    "/secret.pem",
    "/%2e%2e/index.html/../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    `/..%2f${folder.split("/").at(-1) ?? ""}-beside.js`,
    "/%00.js",
    "/%",
  ])("has no %s", async (path) => {
    expect(await status(path)).toBe(404);
  });
  test("come with a policy that lets nothing in from elsewhere and nothing inline", async () => {
    const { headers } = await readPageFile(folder, "https://app.invalid/");
    expect(headers["Content-Security-Policy"]).toBe(contentSecurityPolicy);
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|http/);
  });
  test("belong to their origin alone", () => {
    expect(isOfOrigin("https://app.invalid/x", "https://app.invalid")).toBe(true);
    for (const url of ["https://app.invalid.evil/x", "https://app.invalid:444/", "about:blank"]) {
      expect(isOfOrigin(url, "https://app.invalid")).toBe(false);
    }
  });
});

describe("the system's browser", () => {
  test.each(["https://microsoft.com/devicelogin", "http://127.0.0.1:8080/x?y=1"])(
    "opens %s",
    (url) => {
      expect(webAddress(url)).toBe(url);
    },
  );
  test.each(["http://elsewhere.invalid/", "file:///etc/passwd", "ms-msdt:/id", "calc.exe", ""])(
    "is not given '%s'",
    (url) => {
      expect(() => webAddress(url)).toThrow();
    },
  );
});

test("nothing in the environment that the browser driver listens to is left, and nothing else goes", () => {
  const kept = { PATH: "/bin", PWD: "/home", HOME: "/root", HTTPS_PROXY: "http://p:1" };
  const environment = {
    ...kept,
    DEBUG: "pw:protocol",
    DEBUG_FILE: "/tmp/log",
    PWDEBUG: "1",
    PW_TEST_X: "1",
    pwdebug: "1",
    PLAYWRIGHT_BROWSERS_PATH: "/x",
    SELENIUM_REMOTE_URL: "http://elsewhere.invalid",
  };
  cleanEnvironment(environment);
  expect(environment).toEqual(kept);
});

describe("a kept sign-in", () => {
  const file = join(mkdtempSync(join(tmpdir(), "mi-link-sign-in-")), "deeper", "sign-in");
  const encryption = (isAvailable: boolean) => ({
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).reverse()),
    decryptStringAsync: (encrypted: Buffer) =>
      Promise.resolve({ result: Buffer.from(encrypted).reverse().toString() }),
  });

  test("is never written where nothing encrypts it", async () => {
    await createSafeFile(file, encryption(false)).save("token");
    expect(existsSync(file)).toBe(false);
  });
  test("comes back, is not readable in the file, and is gone when it is cleared", async () => {
    const store = createSafeFile(file, encryption(true));
    expect(await store.load()).toBeNull();
    await store.save("a token 😀");
    expect(readFileSync(file, "utf8")).not.toContain("token");
    expect(await store.load()).toBe("a token 😀");
    await store.clear();
    expect(await store.load()).toBeNull();
  });
});
