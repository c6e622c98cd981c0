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
    const nothing = () => undefined;
    const never = new Promise<void>(nothing);
    const facts = await practiceFacts({ output, send: nothing, end: nothing, ended: never });
    expect(facts.clientId).toBe("c");
    const mute = new PassThrough();
    const ended = { output: mute, send: nothing, end: nothing, ended: Promise.resolve() };
    await expect(practiceFacts(ended)).rejects.toThrow("ended before it was ready");
  });
});

test("what is asked of the estate is answered by the line of the same id, refused by its error, and given up at its end", async () => {
  const output = new PassThrough();
  output.write(`${JSON.stringify(line)}\n`);
  const sent: unknown[] = [];
  let end: () => void = () => undefined;
  const { control } = await practiceFacts({
    output,
    send: (text) => void sent.push(JSON.parse(text)),
    end: () => undefined,
    ended: new Promise((resolve) => {
      end = resolve;
    }),
  });
  const asked = [control?.ask({ ask: "truth" }), control?.ask({ do: "fault", fault: "]" })];
  expect(sent).toEqual([
    { id: 1, ask: "truth" },
    { id: 2, do: "fault", fault: "]" },
  ]);
  output.write('no answer\n{"id":null,"ok":true}\n{"id":2,"ok":false,"error":"no such fault"}\n');
  output.write('{"id":1,"ok":true,"value":{"a":1}}\n');
  await expect(asked[1]).rejects.toThrow("no such fault");
  expect(await asked[0]).toEqual({ a: 1 });
  const last = control?.ask({ ask: "clock" });
  end();
  await expect(last).rejects.toThrow("has ended");
  await expect(control?.ask({ ask: "clock" })).rejects.toThrow("has ended");
});
