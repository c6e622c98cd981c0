import "../tds/with-resolvers.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { runPractice } from "../../../practice/command-line.ts";
import { scenarios } from "../../../practice/scenarios/all.ts";

interface ReadyLine {
  readonly ready: true;
  readonly scenario: string;
  readonly servers: readonly Record<string, unknown>[];
  readonly caFile: string;
  readonly arm: Record<string, unknown>;
  readonly entra: Record<string, unknown>;
}

/** Lines as they come; undefined after the last one. */
function linesOf(stream: NodeJS.ReadableStream): () => Promise<string | undefined> {
  const lines: AsyncIterator<string, unknown> = createInterface({ input: stream })[
    Symbol.asyncIterator
  ]();
  return async () => {
    const next = await lines.next();
    return next.done === true ? undefined : next.value;
  };
}

/** The ready line; the tests that read it say what is in it. */
const readyLine = (text: string | undefined) => JSON.parse(text ?? "null") as ReadyLine;

/** The command in this process, with streams of its own. */
function command(...args: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const errors = new PassThrough();
  const interrupt = new AbortController();
  const code = runPractice(args, { input, output, errors, interrupted: interrupt.signal });
  void code.then(() => output.end());
  const nextLine = linesOf(output);
  return {
    code,
    input,
    interrupt: () => {
      interrupt.abort();
    },
    ready: async () => readyLine(await nextLine()),
    nextText: nextLine,
    nextLine: async (): Promise<unknown> => {
      const line = await nextLine();
      return line === undefined ? undefined : JSON.parse(line);
    },
    errorText: () => String(errors.read() ?? ""),
  };
}

describe("the practice estate's command line", () => {
  test("prints one line with both servers, and nothing after it until it is interrupted", async () => {
    const run = command("--scenario", "lagging");
    const line = await run.ready();
    expect(Object.keys(line)).toEqual(["ready", "scenario", "servers", "caFile", "arm", "entra"]);
    expect(line).toMatchObject({ ready: true, scenario: "lagging" });
    expect(line.servers.map((server) => Object.keys(server))).toEqual([
      ["kind", "name", "host", "port", "login", "password", "windows", "encrypt"],
      ["kind", "name", "host", "port", "login", "password", "encrypt"],
    ]);
    expect(line.servers).toMatchObject([
      { kind: "sqlServer", host: "127.0.0.1", encrypt: "optional" },
      { kind: "managedInstance", host: "127.0.0.1", encrypt: "mandatory" },
    ]);
    expect(line.arm).toEqual({
      endpoint: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) as unknown,
      subscriptionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      resourceGroup: "rg-adatum-sql",
    });
    expect(line.entra).toEqual({
      authority: "https://login.practice.invalid/organizations",
      address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown,
      clientId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
    run.interrupt();
    expect(await run.nextLine()).toBeUndefined();
    expect(await run.code).toBe(0);
  });

  test("the file of the authority holds its certificate alone, in a folder of this user, and goes at the end", async () => {
    const run = command();
    const { caFile } = await run.ready();
    const text = readFileSync(caFile, "utf8");
    expect(text.match(/-----BEGIN [A-Z ]+-----/g)).toEqual(["-----BEGIN CERTIFICATE-----"]);
    if (process.platform !== "win32") {
      expect(statSync(path.dirname(caFile)).mode & 0o777).toBe(0o700);
    }
    run.interrupt();
    expect(await run.code).toBe(0);
    expect(existsSync(path.dirname(caFile))).toBe(false);
  });

  test("a scenario that is not there lists those that are, and ends with 2", async () => {
    const run = command("--scenario", "no ] ' such");
    expect(await run.code).toBe(2);
    const text = run.errorText();
    expect(text).toContain("There is no scenario 'no ] ' such'.");
    for (const { name } of scenarios) expect(text).toContain(name);
    expect(await run.nextLine()).toBeUndefined();
  });

  test("a wrong option is one sentence on standard error, and 2", async () => {
    const run = command("--speed", "-1");
    expect(await run.code).toBe(2);
    expect(run.errorText().trimEnd().split("\n")).toHaveLength(1);
  });

  test("--list and --help answer on standard output, and end with 0", async () => {
    const list = command("--list");
    for (const { name, summary } of scenarios) {
      const line = await list.nextText();
      expect(line?.trim().split(/ {2,}/)).toEqual([name, summary]);
    }
    expect([await list.nextText(), await list.code]).toEqual([undefined, 0]);
    const help = command("--help");
    expect([await help.nextText(), await help.code]).toEqual([
      "Usage: npm run practice -- [options]",
      0,
    ]);
  });

  test("with --control each request has its answer line, and the end of the input ends it", async () => {
    const run = command("--control", "--speed", "0.001", "--set", "hardenedLsn=sameBlock");
    await run.nextLine();
    run.input.write('{"id":1,"ask":"truth"}\n\nnot json\n{"id":2,"do":"advance","ms":100}\n');
    expect(await run.nextLine()).toMatchObject({ id: 1, ok: true });
    expect(await run.nextLine()).toMatchObject({ id: null, ok: false });
    expect(await run.nextLine()).toEqual({ id: 2, ok: true, value: null });
    run.input.end();
    expect(await run.code).toBe(0);
  });

  test("with --workload-stops-after the applications stop by themselves", async () => {
    const run = command("--control", "--speed", "1000", "--workload-stops-after", "1");
    await run.nextLine();
    let answer: unknown;
    do {
      run.input.write('{"id":1,"ask":"truth"}\n');
      answer = await run.nextLine();
    } while (JSON.stringify(answer).includes('"workloadRunning":true'));
    expect(answer).toMatchObject({ ok: true, value: { workloadRunning: false } });
    run.input.end();
    expect(await run.code).toBe(0);
  });

  test("with --control 'stop' is answered and ends it", async () => {
    const run = command("--control");
    await run.nextLine();
    run.input.write('{"id":"x","do":"stop"}\n');
    expect(await run.nextLine()).toEqual({ id: "x", ok: true, value: null });
    expect(await run.code).toBe(0);
  });
});

describe("the built estate as a process", () => {
  const built = path.resolve("out/practice/main.js");

  test.each(["SIGINT", "SIGTERM"] as const)(
    "prints its line, ends with 0 on %s, and leaves no file behind",
    async (signal) => {
      expect(existsSync(built), "npm run build comes before this test").toBe(true);
      const child = spawn(process.execPath, [built], { stdio: ["ignore", "pipe", "ignore"] });
      const closed = once(child, "close");
      const nextLine = linesOf(child.stdout);
      const line = readyLine(await nextLine());
      expect(line.ready).toBe(true);
      child.kill(signal);
      expect(await closed).toEqual([0, null]);
      expect(await nextLine()).toBeUndefined();
      expect(existsSync(line.caFile)).toBe(false);
    },
  );
});
