// Bad bytes: they cost their own connection, never the server.
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { packetType, toPackets } from "../../../practice/tds/packets.ts";
import { goodPassword } from "./fake-backend.ts";
import { numbers } from "./outputs.ts";
import { practiceServer, withPool } from "./practice-server.ts";
import { goodStart, login7, request, untilClosed } from "./raw-client.ts";

const it = practiceServer("optional");

const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });

const anyType = fc.constantFrom(...Object.values(packetType), 0, 7, 0xff);

/** A good start, so that the bytes behind it reach a logged-in session. */
const start = goodStart(goodPassword);

afterEach(async () => {
  it.backend.scripts.set("alive", () => numbers("x", 1));
  const result = await withPool(it, { encrypt: true }, (pool) => pool.request().batch("alive"));
  expect(result.recordset).toEqual([{ x: 1 }]);
  await expect.poll(() => it.server.connectionCount()).toBe(0);
});

describe("the server outlives", () => {
  const survives = (sent: fc.Arbitrary<Uint8Array>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(sent, async (all) => {
        await untilClosed(it.port, all, "hangUp");
      }),
      { numRuns: 150 },
    );

  test("any bytes", () => survives(bytes(200)));

  test("any bytes that begin like TLS", () =>
    survives(bytes(100).map((rest) => Buffer.concat([Buffer.from([0x16, 3, 1]), rest]))));

  test("any message in good packets", () =>
    survives(
      fc.tuple(anyType, bytes(150)).map(([type, body]) => toPackets(type, Buffer.from(body), 512)),
    ));

  test("any PRELOGIN followed by anything", () =>
    survives(
      fc
        .tuple(bytes(60), bytes(60))
        .map(([prelogin, rest]) =>
          Buffer.concat([toPackets(packetType.prelogin, Buffer.from(prelogin), 512), rest]),
        ),
    ));

  test("a LOGIN7 with any byte of it changed", () =>
    survives(
      fc.tuple(fc.nat(start.length - 1), fc.nat(255)).map(([index, byte]) => {
        const changed = Buffer.from(start);
        changed[index] = byte;
        return changed;
      }),
    ));

  test("any request of a logged-in client, cut or not", () =>
    survives(
      fc
        .tuple(anyType, bytes(200), fc.nat(200))
        .map(([type, body, cut]) =>
          Buffer.concat([start, request(type, body).subarray(0, Math.max(8, 220 - cut))]),
        ),
    ));

  test("an RPC of sp_executesql with any parameters", () =>
    survives(
      bytes(200).map((parameters) => {
        const byNumber = Buffer.from([0xff, 0xff, 10, 0, 0, 0]);
        return Buffer.concat([
          start,
          request(packetType.rpc, Buffer.concat([byNumber, parameters])),
        ]);
      }),
    ));
});

describe("the server closes the connection without an answer", () => {
  const answerTo = (sent: Uint8Array): Promise<Buffer> => untilClosed(it.port, sent, "stay");

  test.each<readonly [string, Uint8Array]>([
    ["to a packet that says it is 7 bytes long", Buffer.from([18, 1, 0, 7, 0, 0, 0, 0])],
    ["to a login before PRELOGIN", toPackets(packetType.login7, login7("x", 0x74000004), 4096)],
    ["to a request before the login", request(packetType.sqlBatch, Buffer.from("x", "utf16le"))],
    ["to a PRELOGIN without an end", toPackets(packetType.prelogin, Buffer.from([0, 0, 1]), 4096)],
  ])("%s", async (_, sent) => {
    expect(await answerTo(sent)).toEqual(Buffer.alloc(0));
  });

  test("to a login of TDS 7.1, which is not served", async () => {
    const prelogin = start.subarray(0, 15);
    const old = toPackets(packetType.login7, login7(goodPassword, 0x71000001), 4096);
    const answer = await answerTo(Buffer.concat([prelogin, old]));
    expect(answer).toEqual(await untilClosed(it.port, prelogin, "hangUp"));
    expect(it.backend.logins).toEqual([]);
  });
});

test("a bulk load, which is not served, ends the connection behind the login", async () => {
  const sent = Buffer.concat([start, request(7, Buffer.from([1, 2, 3]))]);
  const answer = await untilClosed(it.port, sent, "stay");
  expect(answer.length).toBe((await untilClosed(it.port, start, "hangUp")).length);
});

test("the same good start followed by nothing is a login: the tests above reach the session", async () => {
  const answer = await untilClosed(it.port, start, "hangUp");
  expect(it.backend.logins.map((one) => [one.login, one.password])).toEqual([
    ["dba", goodPassword],
  ]);
  expect(answer.includes(Buffer.from("Microsoft SQL Server", "utf16le"))).toBe(true);
});
