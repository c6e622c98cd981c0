// A client that sends what it likes and waits until the server closes the connection.
import { connect } from "node:net";
import { packetReader, packetType, toPackets } from "../../../practice/tds/packets.ts";

/**
 * What the server sent until the connection was closed. "hangUp": the client closes its side behind `bytes`; "stay": it
 * waits for the server to close.
 */
export function untilClosed(
  port: number,
  bytes: Uint8Array,
  then: "hangUp" | "stay",
): Promise<Buffer> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => {
      if (then === "stay") socket.write(bytes);
      else socket.end(bytes);
    });
    socket.on("data", (chunk) => received.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(Buffer.concat(received));
    });
  });
}

/** The bodies of the first `count` messages the server sends after `bytes`; then the client hangs up. */
export function answers(port: number, bytes: Uint8Array, count: number): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    const bodies: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const read = packetReader(({ body }) => {
      bodies.push(body);
      if (bodies.length === count) socket.end();
    });
    socket.on("data", read);
    socket.on("error", reject);
    socket.on("close", () => {
      resolve(bodies);
    });
  });
}

/** A PRELOGIN that asks for no encryption, and the LOGIN7 of the fake backend's `dba` for TDS 7.4, as packets. */
export function goodStart(password: string, packetBytes = 4096): Buffer {
  const prelogin = Buffer.from([1, 0, 6, 0, 1, 0xff, 2]);
  return Buffer.concat([
    toPackets(packetType.prelogin, prelogin, 4096),
    toPackets(packetType.login7, login7(password, 0x74000004, packetBytes), 4096),
  ]);
}

export function login7(password: string, tdsVersion: number, packetBytes = 4096): Buffer {
  const fixed = Buffer.alloc(94);
  const fields: Buffer[] = [];
  let at = fixed.length;
  const put = (slot: number, bytes: Buffer): void => {
    fixed.writeUInt16LE(at, slot);
    fixed.writeUInt16LE(bytes.length / 2, slot + 2);
    fields.push(bytes);
    at += bytes.length;
  };
  put(36, Buffer.from("host", "utf16le"));
  put(40, Buffer.from("dba", "utf16le"));
  put(44, scrambled(password));
  for (const slot of [48, 52, 56, 60, 64, 68]) put(slot, Buffer.alloc(0));
  fixed.writeUInt32LE(at, 0);
  fixed.writeUInt32LE(tdsVersion, 4);
  fixed.writeUInt32LE(packetBytes, 8);
  return Buffer.concat([fixed, ...fields]);
}

const scrambled = (password: string): Buffer =>
  Buffer.from(
    Buffer.from(password, "utf16le").map((byte) => (((byte << 4) | (byte >> 4)) & 0xff) ^ 0xa5),
  );

/** A message of a logged-in client, with empty ALL_HEADERS in front. */
export const request = (type: number, body: Uint8Array): Buffer =>
  toPackets(type, Buffer.concat([Buffer.from([4, 0, 0, 0]), body]), 4096);
