// The command line's words: what is understood, and what is refused in one sentence before anything is connected to.
import { mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseOptions } from "../../../electron/cli/options.ts";
import { readPasswords } from "../../../electron/cli/passwords.ts";
import type { PasswordSource, ServerOptions } from "../../../electron/cli/server-options.ts";
import type { Terminal } from "../../../electron/cli/terminal.ts";
import { isLoopback, parseServerAddress } from "../../../electron/sql/server-address.ts";
import { UsageError } from "../../../electron/cli/usage-error.ts";
import { toolVersion } from "../../../electron/run/tool-version.ts";
import { type } from "../../fakes/command-line.ts";

const servers = [
  "--sql-server",
  "SQLBOX01",
  "--sql-server-login",
  "sa",
  "--managed-instance",
  "sqlmi1.zone.database.windows.net",
  "--managed-instance-login",
  "miadmin",
];

function sentenceOf(args: readonly string[]): string {
  try {
    parseOptions(args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "understood";
}

describe("a command line", () => {
  test("with nothing but the servers stands for production, encrypted, asked for passwords", () => {
    const line = parseOptions(["plan", ...servers]);
    expect(line).toEqual({
      kind: "command",
      options: {
        command: "plan",
        servers: {
          box: {
            address: { host: "SQLBOX01", port: 1433, instanceName: undefined },
            login: "sa",
            password: { kind: "asked" },
            encrypt: "mandatory",
            certificateName: undefined,
            isLeftOut: false,
          },
          instance: {
            address: {
              host: "sqlmi1.zone.database.windows.net",
              port: 1433,
              instanceName: undefined,
            },
            login: "miadmin",
            password: { kind: "asked" },
            encrypt: "mandatory",
            certificateName: undefined,
            isLeftOut: false,
          },
        },
        caFile: undefined,
        environment: "production",
        linkName: undefined,
        to: undefined,
        stableSeconds: 5,
        waitSeconds: null,
        acceptUnproved: false,
        letSqlServerBeRead: true,
        keepLink: true,
        removal: { dropGroup: false, keepOldCopyClosed: true, understood: false },
        failoverBy: "tsql",
        budgetSeconds: 600,
        azure: undefined,
        dryRun: false,
        approve: undefined,
        json: false,
        out: undefined,
        dataDir: undefined,
      },
    });
  });

  test.each([
    [["plan", ...servers, "--sql-server-password", "secret"], "--sql-server-password is not taken"],
    [
      ["plan", ...servers, "--managed-instance-password=secret"],
      "--managed-instance-password is not taken",
    ],
    [["plan", ...servers, "--password=secret"], "--password is not taken"],
    [[...servers], "A command is missing"],
    [["failover", ...servers], "There is no command 'failover'"],
    [["plan", "now", ...servers], "There is no command 'plan now'"],
    [["plan", ...servers.slice(2)], "--sql-server is missing"],
    [["plan", ...servers.slice(0, 6)], "--managed-instance-login is missing"],
    [["plan", ...servers, "--unknown"], "Unknown option '--unknown'"],
    [
      ["plan", ...servers, "--stable-seconds", "4"],
      "--stable-seconds is a whole number of seconds from 5",
    ],
    [["plan", ...servers, "--stable-seconds", "5.5"], "--stable-seconds"],
    [["plan", ...servers, "--wait-seconds", "-1"], "--wait-seconds"],
    [["run", ...servers, "--approve", "dfcddd23"], "--approve is the whole hash"],
    [["plan", ...servers, "--to", "azure"], "--to is box (SQL Server) or instance"],
    [
      ["plan", ...servers, "--environment", "staging"],
      "--environment is practice, test or production",
    ],
    [["plan", ...servers, "--sql-server-encrypt", "no"], "--sql-server-encrypt is strict"],
    [
      ["plan", ...servers, "--sql-server-password-env", "A", "--sql-server-password-fd", "3"],
      "not both",
    ],
    [
      ["plan", ...servers, "--sql-server-password-fd", "three"],
      "--sql-server-password-fd is the number",
    ],
  ])("%j is refused", (args, sentence) => {
    expect(sentenceOf(args)).toContain(sentence);
    expect(sentenceOf(args)).not.toContain("secret");
  });

  test("for help or the version needs no server and ends well", async () => {
    const help = await type(["--help"]);
    const version = await type(["--version"]);
    expect([help.code, version.code, version.out]).toEqual([0, 0, toolVersion]);
    expect(help.out).toContain("Exit codes:");
  });

  test("that is wrong ends with exit code 2 and its sentence on standard error", async () => {
    const answer = await type(["plan", ...servers, "--sql-server-password", "secret"]);
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).not.toContain("secret");
  });
});

describe("a server's address", () => {
  test.each([
    ["SQLBOX01", { host: "SQLBOX01", port: 1433, instanceName: undefined }],
    ["SQLBOX01,14330", { host: "SQLBOX01", port: 14330, instanceName: undefined }],
    ["tcp:SQLBOX01, 14330", { host: "SQLBOX01", port: 14330, instanceName: undefined }],
    ["SQLBOX01\\SALES", { host: "SQLBOX01", port: undefined, instanceName: "SALES" }],
    ["SQLBOX01\\SALES,14330", { host: "SQLBOX01", port: 14330, instanceName: "SALES" }],
    ["::1,14330", { host: "::1", port: 14330, instanceName: undefined }],
  ])("%s is understood", (text, address) => {
    expect(parseServerAddress(text)).toEqual(address);
  });

  test.each(["", " ", "a b", "a,0", "a,65536", "a,b", "a\\b\\c", ",1433"])(
    "'%s' is refused",
    (text) => {
      expect(parseServerAddress(text)).toBeUndefined();
      expect(() => parseOptions(["plan", ...servers, "--sql-server", text])).toThrow(
        text === "" ? "--sql-server is missing" : "--sql-server is HOST",
      );
    },
  );

  test.each([
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["localhost", true],
    ["::1", true],
    ["127.0.0.1.example.com", false],
    ["localhost.example.com", false],
    ["10.0.0.4", false],
  ])("%s is on this computer: %s", (host, isLocal) => {
    expect(isLoopback(host)).toBe(isLocal);
  });
});

describe("a password from a file descriptor", () => {
  const terminal: Terminal = {
    environment: {},
    isInteractive: false,
    print: () => undefined,
    tell: () => undefined,
    ask: () => Promise.resolve(""),
    askSecret: () => Promise.resolve(""),
  };
  const server = (password: PasswordSource): ServerOptions => ({
    address: { host: "SQLBOX01", port: 1433, instanceName: undefined },
    login: "sa",
    password,
    encrypt: "mandatory",
    certificateName: undefined,
    isLeftOut: false,
  });

  test("is its first line", async () => {
    const descriptor = (text: string) => {
      const file = join(mkdtempSync(join(tmpdir(), "mi-link-password-")), "file");
      writeFileSync(file, text);
      return openSync(file, "r");
    };
    const passwords = await readPasswords(
      {
        box: server({ kind: "descriptor", descriptor: descriptor("p' ä😀 \r\nnot this") }),
        instance: server({ kind: "descriptor", descriptor: descriptor("other") }),
      },
      terminal,
    );
    expect(passwords).toEqual({ box: "p' ä😀 ", instance: "other" });
  });

  test("that is not open, and no terminal to ask on, are wrong usage", async () => {
    const closed = server({ kind: "descriptor", descriptor: 9999 });
    const asked = server({ kind: "asked" });
    await expect(readPasswords({ box: closed, instance: closed }, terminal)).rejects.toThrow(
      "The file descriptor 9999 cannot be read",
    );
    await expect(readPasswords({ box: asked, instance: asked }, terminal)).rejects.toThrow(
      "There is no terminal",
    );
  });
});

test("the version is the one of package.json", () => {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  expect((JSON.parse(text) as { readonly version: string }).version).toBe(toolVersion);
});
