// Asks the SQL Server Browser of a computer for the TCP port of a named instance ([MC-SQLR] CLNT_UCAST_INST).
import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";

const browserPort = 1434;
const question = 0x04;
const answer = 0x05;
const headerBytes = 3;

/** Throws Error `EINSTLOOKUP` for an answer without a TCP port, or the signal's reason. Waits for an answer until the signal aborts. */
export async function findInstancePort(
  host: string,
  instanceName: string,
  signal: AbortSignal,
  port = browserPort,
): Promise<number> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? "udp6" : "udp4");
  try {
    return await new Promise<number>((resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(signal.reason as Error);
      });
      socket.once("error", reject);
      socket.once("message", (message) => {
        const found = portIn(message);
        if (found === undefined) reject(new Error("EINSTLOOKUP: the instance has no TCP port"));
        else resolve(found);
      });
      socket.send(
        Buffer.from([question, ...Buffer.from(instanceName, "latin1"), 0]),
        port,
        address,
      );
    });
  } finally {
    socket.close();
  }
}

/** `ServerName;X;InstanceName;Y;IsClustered;No;Version;16.0.1000.6;tcp;51433;;` behind a three-byte head. */
function portIn(message: Buffer): number | undefined {
  if (message[0] !== answer) return undefined;
  const words = message.subarray(headerBytes).toString("latin1").split(";");
  const port = Number(words[words.indexOf("tcp") + 1]);
  return words.includes("tcp") && Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : undefined;
}
