// Messages cut into packets, and packets put together into messages ([MS-TDS] 2.2.3).
import { u8, u16be } from "./wire-writer.ts";
import { WireError } from "./wire-reader.ts";

export const packetType = {
  sqlBatch: 1,
  rpc: 3,
  response: 4,
  attention: 6,
  transactionManager: 14,
  login7: 16,
  sspi: 17,
  prelogin: 18,
} as const;

export const headerBytes = 8;
export const defaultPacketBytes = 4096;

const status = { endOfMessage: 0x01, ignore: 0x02, resetConnection: 0x08, resetKeepTran: 0x10 };

/** More than the longest script anybody runs against a practice server; keeps a mad client from filling the memory. */
const maxMessageBytes = 32 * 1024 * 1024;

/** One whole message of a client. `ignored`: given up by the client while it was still sending. */
export interface Message {
  readonly type: number;
  readonly body: Buffer;
  readonly ignored: boolean;
  readonly resetsConnection: boolean;
}

export interface PacketHead {
  readonly type: number;
  readonly last: boolean;
  /** The session id; 0 before login. */
  readonly spid: number;
  /** Counts the packets of one message from 1; wraps after 255. */
  readonly packetId: number;
}

/** One packet: header and `body` (at most 65527 bytes). */
export function toPacket(head: PacketHead, body: Uint8Array): Buffer {
  return Buffer.concat([
    u8(head.type),
    u8(head.last ? status.endOfMessage : 0),
    u16be(body.length + headerBytes),
    u16be(head.spid & 0xffff),
    u8(head.packetId & 0xff),
    u8(0),
    body,
  ]);
}

/** A whole message in packets of at most `packetBytes`. */
export function toPackets(type: number, message: Buffer, packetBytes: number): Buffer {
  const bodyBytes = packetBytes - headerBytes;
  const packets: Buffer[] = [];
  for (let start = 0; start === 0 || start < message.length; start += bodyBytes) {
    const head = { type, last: start + bodyBytes >= message.length, spid: 0 };
    packets.push(
      toPacket(
        { ...head, packetId: packets.length + 1 },
        message.subarray(start, start + bodyBytes),
      ),
    );
  }
  return Buffer.concat(packets);
}

/**
 * Returns the function to feed received bytes to, in pieces of any size; `onMessage` is called for every whole message.
 * ATTENTION may come between the packets of another message, which it discards. Throws WireError on anything that is
 * not a packet; nothing may be fed after that.
 */
export function packetReader(onMessage: (message: Message) => void): (chunk: Buffer) => void {
  let received: Buffer = Buffer.alloc(0);
  let bodies: Buffer[] = [];
  let open: { readonly type: number; readonly bytes: number; readonly flags: number } | undefined;

  const takePacket = (packet: Buffer): void => {
    const type = packet.readUInt8(0);
    if (type === packetType.attention || open === undefined) {
      bodies = [];
      open = { type, bytes: 0, flags: 0 };
    }
    if (open.type !== type) {
      throw new WireError(`a packet of type ${type} inside a message of type ${open.type}`);
    }
    const { bytes, flags } = {
      bytes: open.bytes + packet.length,
      flags: open.flags | packet.readUInt8(1),
    };
    if (bytes > maxMessageBytes)
      throw new WireError(`a message of more than ${maxMessageBytes} bytes`);
    bodies.push(packet.subarray(headerBytes));
    open = { type, bytes, flags };
    if ((flags & status.endOfMessage) === 0) return;
    const body = Buffer.concat(bodies);
    bodies = [];
    open = undefined;
    onMessage({
      type,
      body,
      ignored: (flags & status.ignore) !== 0,
      resetsConnection: (flags & (status.resetConnection | status.resetKeepTran)) !== 0,
    });
  };

  return (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= headerBytes) {
      const packetBytes = received.readUInt16BE(2);
      if (packetBytes < headerBytes) throw new WireError(`a packet of ${packetBytes} bytes`);
      if (received.length < packetBytes) return;
      const packet = received.subarray(0, packetBytes);
      received = received.subarray(packetBytes);
      takePacket(packet);
    }
  };
}
