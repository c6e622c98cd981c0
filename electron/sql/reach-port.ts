// Where a server's name leads, and whether somebody takes a connection there.
import { lookup } from "node:dns/promises";
import { connect } from "node:net";
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromDriverError } from "../../shared/errors/driver-errors.ts";
import { connectFailure } from "./failure.ts";
import { addressOf } from "./pool-config.ts";
import type { ProbeTarget } from "./probe-certificate.ts";
import { portOf } from "./probe-certificate.ts";

const patienceMs = 10_000;

/** The IP addresses of its name. Throws AppError by the error tables, or the signal's reason. */
export function resolveName(target: ProbeTarget, signal: AbortSignal): Promise<readonly string[]> {
  return inTime(target, signal, async () => {
    const found = await lookup(target.host, { all: true });
    return found.map(({ address }) => address);
  });
}

/** The port that took a connection, which is closed at once. Throws like `resolveName`. */
export function reachPort(target: ProbeTarget, signal: AbortSignal): Promise<number> {
  return inTime(target, signal, async (until) => {
    const port = await portOf(target, until);
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host: target.host, port, signal: until });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.destroy();
        resolve();
      });
    });
    return port;
  });
}

async function inTime<T>(
  target: ProbeTarget,
  signal: AbortSignal,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const address = addressOf(target);
  const over = AbortSignal.timeout(patienceMs);
  try {
    return await work(AbortSignal.any([signal, over]));
  } catch (error) {
    signal.throwIfAborted();
    if (over.aborted) {
      throw new AppError(problemFromDriverError("ETIMEOUT", "", address, "connect"));
    }
    throw connectFailure(error, address, undefined);
  }
}
