// What the driver, Node or OpenSSL say when no SQL Server message came: name, port, certificate, encryption, time.
import { visibleText } from "../visible-text.ts";
import type { Problem, ProblemClass } from "./app-error.ts";

/** While a connection is being made, or while a request was under way on one. */
export type DriverPhase = "connect" | "request";

export interface DriverErrorRow {
  /** Found in the code or, since tedious wraps the socket's and TLS's errors, in the text. */
  readonly signs: readonly string[];
  readonly code: string;
  readonly class: ProblemClass;
  /** `{server}` is the address as the operator gave it. */
  readonly meaning: string;
  readonly remedy: string;
}

/** The text tedious 20 adds when the server had sent it on to another address (the instance's connection type Redirect). */
const redirected = /Failed to connect to (\S+) \(redirected from /u;

/**
 * In this order. Codes come from Node and OpenSSL; where only a phrase reaches us it is the fixed one of Node's TLS
 * ("altnames"), OpenSSL's X509_verify_cert_error_string, or tedious 20's EENCRYPT texts.
 */
const connectRows: readonly DriverErrorRow[] = [
  {
    signs: ["ERR_TLS_CERT_ALTNAME_INVALID", "does not match certificate's altnames"],
    code: "certificateWrongName",
    class: "block",
    meaning: "The certificate of {server} is made out to another name.",
    remedy: "Connect by the name in the certificate, or give that name as the certificate's name.",
  },
  {
    signs: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "certificate has expired"],
    code: "certificateExpired",
    class: "block",
    meaning: "The certificate of {server} has expired or is not valid yet.",
    remedy: "Have the certificate renewed, and compare the clocks of both computers.",
  },
  {
    signs: [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT",
      "CERT_UNTRUSTED",
      "self-signed certificate",
      "self signed certificate",
      "unable to verify the first certificate",
      "unable to get local issuer certificate",
    ],
    code: "certificateUntrusted",
    class: "block",
    meaning: "The certificate of {server} is signed by nobody this computer trusts.",
    remedy: "Give the file of the certificate authority that signed it, after checking it.",
  },
  {
    signs: ["Server requires encryption"],
    code: "encryptionRequired",
    class: "block",
    meaning: "{server} accepts only encrypted connections.",
    remedy: "Connect with encryption mandatory.",
  },
  {
    signs: ["Server did not negotiate encryption"],
    code: "encryptionRefused",
    class: "block",
    meaning: "{server} does not offer encryption, and this connection asks for it.",
    remedy:
      "Set up a certificate on the server, or allow an unencrypted connection for this server.",
  },
  {
    signs: ["EENCRYPT"],
    code: "encryptionDisagreed",
    class: "block",
    meaning: "{server} and this computer did not agree on encryption.",
    remedy: "Compare the encryption setting of the connection with the server's.",
  },
  {
    signs: ["ELOGIN"],
    code: "loginFailed",
    class: "block",
    meaning: "{server} refused the login.",
    remedy:
      "Check the login name and the password. The exact reason is in the error log of the server.",
  },
  {
    signs: ["EINSTLOOKUP"],
    code: "instanceNotFound",
    class: "block",
    meaning:
      "The SQL Server Browser of {server} did not tell the port of that instance (UDP 1434).",
    remedy: "Give the port instead of the instance's name.",
  },
  {
    signs: ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA"],
    code: "hostUnknown",
    class: "block",
    meaning: "{server} is not known here by that name.",
    remedy: "Check the spelling, and whether this computer's DNS knows the name.",
  },
  {
    signs: ["ECONNREFUSED"],
    code: "portClosed",
    class: "block",
    meaning: "Nothing listens at {server}.",
    remedy: "Check the port, and whether the server runs and TCP/IP is switched on.",
  },
  {
    signs: ["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"],
    code: "noRoute",
    class: "block",
    meaning: "This computer has no way in the network to {server}.",
    remedy: "Check the network, the VPN and the routes of this computer.",
  },
  {
    signs: ["ETIMEOUT", "ETIMEDOUT", "ESOCKETTIMEDOUT"],
    code: "noAnswer",
    class: "retry",
    meaning: "{server} does not answer.",
    remedy: "Check the address and the firewalls between; for an instance also 11000 to 11999.",
  },
  {
    signs: ["ECONNRESET", "EPIPE", "ECLOSE", "ECONNCLOSED", "ECONNABORTED", "socket hang up"],
    code: "connectionClosed",
    class: "retry",
    meaning: "{server} closed the connection while it was being made.",
    remedy: "Try again; if it stays, compare the encryption settings and look at its error log.",
  },
  {
    signs: ["wrong version number", "ERR_SSL", "EPROTO"],
    code: "tlsFailed",
    class: "block",
    meaning: "{server} and this computer did not agree on TLS.",
    remedy: "Check that SQL Server listens at that port and offers TLS 1.2 or later.",
  },
  {
    signs: ["EFEDAUTH"],
    code: "tokenRefused",
    class: "block",
    meaning: "{server} refused the Entra token.",
    remedy: "Sign in again with an account of the instance's tenant.",
  },
];

const requestRows: readonly DriverErrorRow[] = [
  {
    signs: ["ETIMEOUT"],
    code: "requestTimedOut",
    class: "ambiguous",
    meaning: "{server} did not answer in time, and the request was cancelled.",
    remedy: "Read both sides before any other step.",
  },
  {
    signs: ["ECANCEL", "EABORT"],
    code: "requestCancelled",
    class: "ambiguous",
    meaning: "The request to {server} was cancelled from here.",
    remedy: "Read both sides before any other step.",
  },
  {
    signs: ["ECONNRESET", "EPIPE", "ECLOSE", "ECONNCLOSED", "ESOCKET", "ETIMEDOUT"],
    code: "connectionLost",
    class: "ambiguous",
    meaning: "The connection to {server} broke while it was working.",
    remedy: "Connect again and read the roles of both sides before any other step.",
  },
];

/** One row for every meaning, of connecting and of requests. */
export const driverErrorRows: readonly DriverErrorRow[] = [...connectRows, ...requestRows];

/**
 * The problem behind a driver error that carries no SQL Server number. `code` is the innermost code there is, `text` the
 * driver's words, `address` the server as the operator gave it. An unknown one is `ambiguous` during a request (something may
 * have been sent) and `fatal` while connecting (nothing was).
 */
export function problemFromDriverError(
  code: string,
  text: string,
  address: string,
  phase: DriverPhase,
): Problem {
  const rows = phase === "connect" ? connectRows : requestRows;
  const row = rowOf(rows, code, text);
  const target = phase === "connect" ? redirected.exec(text)?.[1] : undefined;
  const problem: Problem = {
    code: row?.code ?? "driverFailed",
    class: row?.class ?? (phase === "connect" ? "fatal" : "ambiguous"),
    summary: fill(row?.meaning ?? "The connection to {server} failed.", target ?? address),
    detail: code === "" || text.includes(code) ? text : `${code}: ${text}`,
    remedy: row?.remedy ?? "Read the message; look at the server's error log.",
  };
  return target === undefined ? problem : redirectFailed(problem, address, target);
}

/** A fixed phrase tells more than a code that covers several; a code more than a word in a text that also holds host names. */
function rowOf(
  rows: readonly DriverErrorRow[],
  code: string,
  text: string,
): DriverErrorRow | undefined {
  const isPhrase = (sign: string): boolean => sign.includes(" ");
  return (
    rows.find((row) => row.signs.some((sign) => isPhrase(sign) && text.includes(sign))) ??
    rows.find((row) => row.signs.includes(code)) ??
    rows.find((row) => row.signs.some((sign) => text.includes(sign)))
  );
}

/** The gateway answered and named another address, and that one is what failed: the operator never typed it. */
function redirectFailed(problem: Problem, address: string, target: string): Problem {
  const [from, to] = [visibleText(address), visibleText(target)];
  if (!["portClosed", "noAnswer", "noRoute", "hostUnknown"].includes(problem.code)) {
    return { ...problem, summary: `${from} sent this connection on to ${to}. ${problem.summary}` };
  }
  return {
    ...problem,
    code: "redirectUnreachable",
    summary: `${from} answered and sent this connection on to ${to}, which cannot be reached.`,
    remedy:
      "Open the ports 11000 to 11999 from here to the instance's subnet, or set its connection type to Proxy.",
  };
}

function fill(sentence: string, address: string): string {
  return sentence.replaceAll("{server}", () => visibleText(address));
}
