// Packets: whatever way a stream of bytes is cut, the same messages come out.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packetReader, packetType, toPacket, toPackets } from "../../../practice/tds/packets.ts";
import type { Message } from "../../../practice/tds/packets.ts";
import { WireError } from "../../../practice/tds/wire-reader.ts";

/** What comes out when `stream` arrives in pieces of the given sizes. */
function read(stream: Buffer, sizes: readonly number[] = []): Message[] {
  const messages: Message[] = [];
  const feed = packetReader((message) => messages.push(message));
  let at = 0;
  for (const size of sizes) {
    feed(stream.subarray(at, at + size));
    at += size;
  }
  feed(stream.subarray(at));
  return messages;
}

const head = (type: number, last: boolean): Parameters<typeof toPacket>[0] => ({
  type,
  last,
  spid: 51,
  packetId: 1,
});

test("messages of any size come out whole, however they are cut into packets and pieces", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 4 }),
      fc.integer({ min: 9, max: 600 }),
      fc.array(fc.integer({ min: 1, max: 700 })),
      (bodies, packetBytes, sizes) => {
        const stream = Buffer.concat(
          bodies.map((body) => toPackets(packetType.sqlBatch, Buffer.from(body), packetBytes)),
        );
        expect(read(stream, sizes).map((message) => Uint8Array.from(message.body))).toEqual(bodies);
      },
    ),
  );
});

test("attention between the packets of a message comes out alone and discards that message", () => {
  const stream = Buffer.concat([
    toPacket(head(packetType.sqlBatch, false), Buffer.from("half")),
    toPacket(head(packetType.attention, true), Buffer.alloc(0)),
    toPacket(head(packetType.sqlBatch, true), Buffer.from("next")),
  ]);
  expect(read(stream).map(({ type, body }) => [type, body.toString()])).toEqual([
    [packetType.attention, ""],
    [packetType.sqlBatch, "next"],
  ]);
});

describe("the status of the packets", () => {
  const withStatus = (...statuses: readonly number[]): Buffer =>
    Buffer.concat(
      statuses.map((status) => {
        const packet = toPacket(head(packetType.sqlBatch, false), Buffer.from("x"));
        packet[1] = status;
        return packet;
      }),
    );

  test.each([
    ["end alone", [0x01], { ignored: false, resetsConnection: false }],
    ["ignore on the last packet", [0x00, 0x03], { ignored: true, resetsConnection: false }],
    ["reset on the first packet", [0x08, 0x01], { ignored: false, resetsConnection: true }],
    ["reset that keeps the transaction", [0x11], { ignored: false, resetsConnection: true }],
  ])("is told with the message: %s", (_, statuses, told) => {
    expect(read(withStatus(...statuses))).toMatchObject([told]);
  });
});

test("a packet of another type inside a message is refused", () => {
  const stream = Buffer.concat([
    toPacket(head(packetType.sqlBatch, false), Buffer.from("x")),
    toPacket(head(packetType.rpc, true), Buffer.from("y")),
  ]);
  expect(() => read(stream)).toThrow(WireError);
});

test("a message that grows beyond 32 MB is refused", () => {
  const packet = toPacket(head(packetType.sqlBatch, false), Buffer.alloc(65_000));
  const feed = packetReader(() => undefined);
  expect(() => {
    for (let sent = 0; sent < 40 * 1024 * 1024; sent += packet.length) feed(packet);
  }).toThrow(WireError);
});
