// The client's end of a TLS handshake inside PRELOGIN packets, as TDS 7 does ([MS-TDS] 2.2.6.5, "TLS/SSL handshake").
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

const prelogin = 0x12;
const endOfMessage = 0x01;
const headerBytes = 8;
const packetBytes = 4096;

const option = { version: 0, encryption: 1, end: 0xff } as const;
const encryptOn = 1;
const encryptNotSupported = 2;

/** PRELOGIN that asks for encryption: version 0, ENCRYPTION = ON. */
export function preloginRequest(): Buffer {
  const versionAt = 11;
  const encryptionAt = versionAt + 6;
  const body = Buffer.alloc(encryptionAt + 1);
  body.set([option.version, 0, versionAt, 0, 6, option.encryption, 0, encryptionAt, 0, 1], 0);
  body.set([option.end], 10);
  body.set([encryptOn], encryptionAt);
  return inPackets(body);
}

/** False where the server's PRELOGIN body refuses encryption, or says nothing of it. */
export function offersEncryption(body: Buffer): boolean {
  for (let at = 0; at + 5 <= body.length && body[at] !== option.end; at += 5) {
    if (body[at] !== option.encryption) continue;
    const value = body[body.readUInt16BE(at + 1)];
    return value !== undefined && value !== encryptNotSupported;
  }
  return false;
}

function inPackets(message: Buffer): Buffer {
  const bodyBytes = packetBytes - headerBytes;
  const packets: Buffer[] = [];
  for (let start = 0; start < message.length; start += bodyBytes) {
    const body = message.subarray(start, start + bodyBytes);
    const isLast = start + bodyBytes >= message.length;
    const head = Buffer.from([prelogin, isLast ? endOfMessage : 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt16BE(body.length + headerBytes, 2);
    head.writeUInt8((packets.length + 1) & 0xff, 6);
    packets.push(head, body);
  }
  return Buffer.concat(packets);
}

/** Takes headers off what arrives, in pieces of any size. Throws Error `EPROTO` for what is no packet. */
export function packetBodies(onBody: (body: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= headerBytes) {
      const length = rest.readUInt16BE(2);
      if (length < headerBytes) throw new Error("EPROTO: this is no TDS packet");
      if (rest.length < length) return;
      onBody(rest.subarray(headerBytes, length));
      rest = rest.subarray(length);
    }
  };
}

/** The byte stream a TLSSocket talks to. `push` it the bodies that arrive; the socket stays its owner's. */
export function preloginTunnel(socket: Socket): Duplex {
  const send = (bytes: Buffer, done: (error?: Error | null) => void) => {
    socket.write(inPackets(bytes), done);
  };
  return new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      send(chunk, done);
    },
    // One flight of the handshake is one message.
    writev: (chunks, done) => {
      // Nobody sets an encoding on this stream, so every chunk is a Buffer.
      send(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done);
    },
  });
}
