// What a window takes from the practice estate's first line.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { factsOf, practiceFacts } from "../../electron/practice-estate.ts";

const caFile = join(mkdtempSync(join(tmpdir(), "mi-link-ca-")), "ca.pem");
writeFileSync(caFile, "PEM");
const line = {
  ready: true,
  scenario: "healthy",
  servers: [
    { kind: "sqlServer", host: "127.0.0.1", port: 1, login: "dba", password: "p]'", name: "A" },
    { kind: "managedInstance", host: "127.0.0.1", port: 2, login: "dba", password: "q", name: "B" },
  ],
  caFile,
  arm: { endpoint: "https://127.0.0.1:3" },
  entra: { authority: "https://x.invalid/o", address: "http://127.0.0.1:4", clientId: "c" },
};

describe("the practice estate's line", () => {
  test("becomes both servers, its Azure and its authority", () => {
    const { authorityPem, azure, servers } = factsOf(line);
    expect([authorityPem, azure.armEndpoint, azure.authorityAddress]).toEqual([
      "PEM",
      "https://127.0.0.1:3",
      "http://127.0.0.1:4",
    ]);
    expect(servers.map(({ open, password }) => [open.side, open.server, password])).toEqual([
      ["box", "127.0.0.1,1", "p]'"],
      ["instance", "127.0.0.1,2", "q"],
    ]);
    expect(servers.every(({ open }) => open.environment === "practice")).toBe(true);
  });

  test("of two instances tells the first: a window connects one server per side", () => {
    const [box, instance] = line.servers;
    const { servers } = factsOf({ ...line, servers: [box, instance, { ...instance, port: 3 }] });
    expect(servers.map(({ open }) => open.server)).toEqual(["127.0.0.1,1", "127.0.0.1,2"]);
  });

  test("is refused when it is something else", () => {
    expect(() => factsOf({ ...line, ready: false })).toThrow();
    expect(() => factsOf({ ...line, servers: [{ kind: "other" }] })).toThrow();
  });

  test("is read from the estate's output, and missed when the estate ends without it", async () => {
    const output = new PassThrough();
    output.write(`${JSON.stringify(line)}\n`);
    const never = new Promise<void>(() => undefined);
    expect((await practiceFacts({ output, end: () => undefined, ended: never })).clientId).toBe(
      "c",
    );
    const ended = { output: new PassThrough(), end: () => undefined, ended: Promise.resolve() };
    await expect(practiceFacts(ended)).rejects.toThrow("ended before it was ready");
  });
});
