// A TCP proxy that remembers what the client sent, to see what is readable on the wire.
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

export interface RecordingProxy {
  readonly port: number;
  /** Every byte the client sent so far. */
  readonly sent: () => Buffer;
  readonly close: () => Promise<void>;
}

export function recordingProxy(targetPort: number): Promise<RecordingProxy> {
  const chunks: Buffer[] = [];
  const server = createServer((client) => {
    const target = connect(targetPort, "127.0.0.1");
    client.on("data", (chunk) => chunks.push(chunk));
    client.on("error", () => target.destroy());
    target.on("error", () => client.destroy());
    client.pipe(target).pipe(client);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({
        port: (server.address() as AddressInfo).port, // a listening TCP server has an AddressInfo
        sent: () => Buffer.concat(chunks),
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed();
            });
          }),
      });
    });
  });
}
