// Sends one response message packet by packet while it is still being made.
import { headerBytes, packetType, toPacket } from "./packets.ts";

/** Where packets go. `send` answers whether the client keeps up; `drained` resolves when it does again or has gone. */
export interface PacketSink {
  readonly send: (packet: Buffer) => boolean;
  readonly drained: () => Promise<void>;
}

export interface ResponseStream {
  /** Takes tokens; full packets leave at once. */
  readonly write: (tokens: Buffer) => void;
  /** Sends what is waiting as a packet of its own. */
  readonly flush: () => void;
  /** Sends the rest with the end-of-message mark. */
  readonly end: () => void;
  /** Resolves when the client has taken enough for more to be written. */
  readonly ready: () => Promise<void>;
}

export function responseStream(
  sink: PacketSink,
  packetBytes: number,
  spid: number,
): ResponseStream {
  const bodyBytes = packetBytes - headerBytes;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let packetId = 0;
  let keepsUp = true;

  const send = (body: Buffer, last: boolean): void => {
    packetId += 1;
    keepsUp = sink.send(toPacket({ type: packetType.response, last, spid, packetId }, body));
  };
  /** Sends full packets, always keeping something back: the last packet of a message must not be known too late. */
  const sendFull = (): void => {
    let rest = Buffer.concat(waiting);
    while (rest.length > bodyBytes) {
      send(rest.subarray(0, bodyBytes), false);
      rest = rest.subarray(bodyBytes);
    }
    waiting = [rest];
    waitingBytes = rest.length;
  };
  const sendRest = (last: boolean): void => {
    sendFull();
    const rest = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    if (last || rest.length > 0) send(rest, last);
  };

  return {
    write: (tokens) => {
      waiting.push(tokens);
      waitingBytes += tokens.length;
      if (waitingBytes > bodyBytes) sendFull();
    },
    flush: () => {
      sendRest(false);
    },
    end: () => {
      sendRest(true);
    },
    ready: async () => {
      if (!keepsUp) await sink.drained();
      keepsUp = true;
    },
  };
}
