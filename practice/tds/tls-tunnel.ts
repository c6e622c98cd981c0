// Carries a TLS handshake inside PRELOGIN packets, as TDS 7 does ([MS-TDS] 2.2.6.5, "TLS/SSL handshake").
import { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { defaultPacketBytes, headerBytes, packetType, toPackets } from "./packets.ts";

/**
 * The byte stream that a TLSSocket talks to. Owns nothing but its buffer: `socket` stays its owner's, who feeds what
 * arrives. While `wrapped`, records travel in PRELOGIN packets, one flight in one message; this ends with the client's
 * first byte that is not a PRELOGIN packet, not with the server's own end of the handshake, whose last flight must
 * still be wrapped. For TDS 8.0, where TLS comes first, it is never wrapped.
 */
export class TlsTunnel extends Duplex {
  readonly #socket: Socket;
  #wrapped: boolean;
  #partOfPacket: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, wrapped: boolean) {
    super();
    this.#socket = socket;
    this.#wrapped = wrapped;
  }

  /** Takes bytes from the socket. */
  feed(chunk: Buffer): void {
    let rest = Buffer.concat([this.#partOfPacket, chunk]);
    while (this.#wrapped && rest.length > 0) {
      this.#wrapped = rest[0] === packetType.prelogin;
      const packetBytes = rest.length < headerBytes ? Infinity : rest.readUInt16BE(2);
      if (!this.#wrapped || rest.length < packetBytes) break;
      this.push(rest.subarray(headerBytes, packetBytes));
      rest = rest.subarray(Math.max(packetBytes, headerBytes));
    }
    this.#partOfPacket = this.#wrapped ? rest : Buffer.alloc(0);
    if (!this.#wrapped && rest.length > 0) this.push(rest);
  }

  override _read(): void {
    // What arrives is pushed by feed(); the socket is not paused, because a client waits for its answer anyway.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const bytes = this.#wrapped ? toPackets(packetType.prelogin, chunk, defaultPacketBytes) : chunk;
    this.#socket.write(bytes, done);
  }

  override _writev(
    chunks: readonly { readonly chunk: Buffer }[],
    done: (error?: Error | null) => void,
  ): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "", done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }
}
