// Shows a server's certificate before any login: PRELOGIN and the TLS handshake, then the connection is closed.
import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { connect, isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { connect as connectTls } from "node:tls";
import type { CertificateFacts } from "../../shared/ipc.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromDriverError } from "../../shared/errors/driver-errors.ts";
import { connectFailure } from "./failure.ts";
import { findInstancePort } from "./find-instance-port.ts";
import { addressOf } from "./pool-config.ts";
import {
  offersEncryption,
  packetBodies,
  preloginRequest,
  preloginTunnel,
} from "./prelogin-tunnel.ts";
import type { ServerLogin } from "./session.ts";

export type ProbeTarget = Pick<
  ServerLogin,
  "host" | "port" | "instanceName" | "encrypt" | "caCertificatePem" | "certificateName"
>;

export interface ProbedCertificate {
  readonly facts: CertificateFacts;
  readonly pem: string;
}

const patienceMs = 10_000;

/**
 * Undefined for `optional`, where the login travels without TLS and there is nothing to trust. `isTrusted` is what a
 * connection with the same trust would find. Throws AppError by the error tables, or the signal's reason.
 */
export async function probeCertificate(
  target: ProbeTarget,
  signal?: AbortSignal,
): Promise<ProbedCertificate | undefined> {
  if (target.encrypt === "optional") return undefined;
  const address = addressOf(target);
  const over = AbortSignal.timeout(patienceMs);
  const until = signal === undefined ? over : AbortSignal.any([signal, over]);
  try {
    const port = await portOf(target, until);
    const socket = connect({ host: target.host, port, signal: until });
    try {
      return certificateOf(await handshake(socket, target), address);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (over.aborted)
      throw new AppError(problemFromDriverError("ETIMEOUT", "", address, "connect"));
    throw connectFailure(error, address, undefined);
  }
}

/** A port wins over an instance name, as in every Microsoft client. */
export async function portOf(target: ProbeTarget, signal: AbortSignal): Promise<number> {
  if (target.port !== undefined) return target.port;
  if (target.instanceName === undefined) return 1433;
  return findInstancePort(target.host, target.instanceName, signal);
}

function handshake(socket: Socket, target: ProbeTarget): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error);
    };
    const secured = (tls: TLSSocket) => {
      tls.once("error", fail);
      tls.once("secureConnect", () => {
        resolve(tls);
      });
    };
    socket.once("error", fail);
    socket.once("close", () => {
      fail(new Error("ECONNRESET"));
    });
    if (target.encrypt === "strict") {
      secured(connectTls({ ...trustOf(target), socket, ALPNProtocols: ["tds/8.0"] }));
      return;
    }
    let tunnel: ReturnType<typeof preloginTunnel> | undefined;
    const onBody = (body: Buffer) => {
      if (tunnel !== undefined) {
        tunnel.push(body);
      } else if (offersEncryption(body)) {
        tunnel = preloginTunnel(socket);
        secured(connectTls({ ...trustOf(target), socket: tunnel, maxVersion: "TLSv1.2" }));
      } else {
        fail(new Error("EENCRYPT: Server did not negotiate encryption."));
      }
    };
    const feed = packetBodies(onBody);
    socket.on("data", (chunk: Buffer) => {
      try {
        feed(chunk);
      } catch (error) {
        reject(error instanceof Error ? error : new Error("EPROTO"));
      }
    });
    socket.write(preloginRequest());
  });
}

/** Whoever answers is let through the handshake, so that it can be shown; what it is worth is asked afterwards. */
function trustOf({ host, certificateName, caCertificatePem }: ProbeTarget) {
  const name = certificateName ?? host;
  return {
    host: name,
    servername: isIP(name) === 0 ? name : "",
    rejectUnauthorized: false,
    ...(caCertificatePem === undefined
      ? {}
      : { ca: caCertificatePem, allowPartialTrustChain: true }),
  };
}

function certificateOf(tls: TLSSocket, address: string): ProbedCertificate {
  const certificate = tls.getPeerX509Certificate();
  if (certificate === undefined) throw new Error("EPROTO: no certificate was shown");
  // A string where the documents promise an Error (Node's tls: onConnectSecure sets the code).
  const code = String(tls.authorizationError);
  const facts = {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: certificateNames(certificate),
    validTo: new Date(certificate.validTo).toISOString(),
    fingerprint: certificate.fingerprint256.replaceAll(":", ""),
    isTrusted: tls.authorized,
  };
  return {
    pem: certificate.toString(),
    facts: tls.authorized
      ? facts
      : { ...facts, because: problemFromDriverError(code, "", address, "connect").summary },
  };
}

/** subjectAltName: `DNS:a, IP Address:127.0.0.1`; without one, the common name. */
export function certificateNames(certificate: X509Certificate): readonly string[] {
  const listed = (certificate.subjectAltName ?? "").split(", ").flatMap((entry) => {
    const name = /^(?:DNS|IP Address):"?(.+?)"?$/.exec(entry)?.[1];
    return name === undefined ? [] : [name];
  });
  if (listed.length > 0) return listed;
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  return common === undefined ? [] : [common];
}

/** A distinguished name, which Node tells in lines. */
export function oneLine(distinguishedName: string): string {
  return distinguishedName.split("\n").join(", ");
}

/** The name to check in a certificate that is trusted itself: the host's own where it stands there, else one that does. */
export function nameInCertificate(host: string, names: readonly string[]): string {
  return names.find((name) => name.toLowerCase() === host.toLowerCase()) ?? names[0] ?? host;
}
