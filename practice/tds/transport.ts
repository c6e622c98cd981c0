// One client's socket with the three ways TDS has of encrypting it.
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { SecureContext } from "node:tls";
import type { PacketSink } from "./response-stream.ts";
import { TlsTunnel } from "./tls-tunnel.ts";

/** `tds7` allows TLS 1.2 alone, as servers do inside TDS 7; `tds8` also 1.3. */
export interface SecureContexts {
  readonly tds7: SecureContext;
  readonly tds8: SecureContext;
}

export interface Transport extends PacketSink {
  /** From now on TLS inside PRELOGIN packets. */
  readonly startTls: () => void;
  /** From now on no TLS any more: login-only encryption. */
  readonly stopTls: () => void;
  readonly isEncrypted: () => boolean;
  /** TLS came before TDS: TDS 8.0, "strict". */
  readonly isStrict: () => boolean;
  /** Closes after everything written has left. */
  readonly end: () => void;
  readonly destroy: () => void;
}

/** First byte of a TLS ClientHello; of a TDS client's first packet it is 0x12 (PRELOGIN). */
const tlsHandshakeRecord = 0x16;

export interface Receiver {
  /** Asked for every piece that arrives, before it is decrypted; unheard ones are thrown away. */
  readonly hears: () => boolean;
  /** Takes decrypted bytes; what it throws closes the connection. */
  readonly onData: (chunk: Buffer) => void;
}

export function createTransport(
  socket: Socket,
  contexts: SecureContexts,
  { hears, onData }: Receiver,
): Transport {
  let tls: { readonly tunnel: TlsTunnel; readonly stream: TLSSocket } | undefined;
  let mode: "unknown" | "tds7" | "strict" = "unknown";
  const stream = (): Socket => tls?.stream ?? socket;

  const guarded =
    (take: (chunk: Buffer) => void) =>
    (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch {
        // Not TDS, or TDS that makes no sense: this connection ends, the server goes on.
        socket.destroy();
      }
    };

  const start = (wrapped: boolean): void => {
    const tunnel = new TlsTunnel(socket, wrapped);
    const secured = new TLSSocket(tunnel, {
      isServer: true,
      secureContext: wrapped ? contexts.tds7 : contexts.tds8,
      ...(wrapped ? {} : { ALPNProtocols: ["tds/8.0"] }),
    });
    const fail = (): void => {
      if (tls?.tunnel === tunnel) socket.destroy();
    };
    tunnel.on("error", fail);
    secured.on("error", fail);
    secured.on("data", guarded(onData));
    tls = { tunnel, stream: secured };
  };

  socket.on(
    "data",
    guarded((chunk) => {
      if (!hears()) return;
      if (mode === "unknown") {
        mode = chunk[0] === tlsHandshakeRecord ? "strict" : "tds7";
        if (mode === "strict") start(false);
      }
      if (tls === undefined) onData(chunk);
      else tls.tunnel.feed(chunk);
    }),
  );
  socket.on("error", () => socket.destroy());
  socket.once("close", () => {
    tls?.stream.destroy();
  });

  return {
    startTls: () => {
      start(true);
    },
    stopTls: () => {
      tls = undefined;
    },
    isEncrypted: () => tls !== undefined,
    isStrict: () => mode === "strict",
    send: (packet) => !stream().writable || stream().write(packet),
    drained: () => drained(socket, stream()),
    end: () => stream().end(),
    destroy: () => socket.destroy(),
  };
}

function drained(socket: Socket, stream: Socket): Promise<void> {
  if (socket.destroyed || !stream.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off("drain", settle);
      socket.off("close", settle);
      resolve();
    };
    stream.on("drain", settle);
    socket.on("close", settle);
  });
}
