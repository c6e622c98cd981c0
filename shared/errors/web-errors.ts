// What Node, OpenSSL or Chromium say when a service on the web did not answer at all: name, proxy, certificate, time.
import { visibleText } from "../visible-text.ts";
import type { Problem, ProblemClass } from "./app-error.ts";

export interface WebErrorRow {
  readonly signs: readonly string[];
  readonly code: string;
  readonly class: ProblemClass;
  readonly meaning: string;
  readonly remedy: string;
}

/** Codes of Node and OpenSSL, of Chromium's network (`net::ERR_…`), and ours of the tunnel through a proxy. */
export const webErrorRows: readonly WebErrorRow[] = [
  {
    signs: ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "ERR_NAME_NOT_RESOLVED"],
    code: "webHostUnknown",
    class: "block",
    meaning: "{host} is not known here by that name.",
    remedy: "Check the internet access and the DNS of this computer, or set its proxy.",
  },
  {
    signs: [
      "ECONNREFUSED",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "EADDRNOTAVAIL",
      "ERR_CONNECTION_REFUSED",
      "ERR_ADDRESS_UNREACHABLE",
      "ERR_INTERNET_DISCONNECTED",
      "ERR_NETWORK_ACCESS_DENIED",
    ],
    code: "webUnreachable",
    class: "block",
    meaning: "There is no way from this computer to {host}.",
    remedy: "Check the internet access, the firewall and the proxy of this computer.",
  },
  {
    signs: [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_HAS_EXPIRED",
      "CERT_NOT_YET_VALID",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "CERT_UNTRUSTED",
      "ERR_CERT_AUTHORITY_INVALID",
      "ERR_CERT_COMMON_NAME_INVALID",
      "ERR_CERT_DATE_INVALID",
      "ERR_CERT_INVALID",
      "ERR_CERT_REVOKED",
    ],
    code: "webCertificate",
    class: "block",
    meaning:
      "The certificate shown for {host} is not trusted here; perhaps a proxy looks into TLS.",
    remedy:
      "If your network's own authority issued it, have this computer or this program trust that: menu Azure > Network test.",
  },
  {
    signs: ["PROXY_UNREACHABLE", "ERR_PROXY_CONNECTION_FAILED"],
    code: "webProxyUnreachable",
    class: "block",
    meaning: "The proxy on the way to {host} does not answer.",
    remedy: "Check the proxy's name and port: menu Azure > Network test.",
  },
  {
    signs: ["PROXY_407", "ERR_PROXY_AUTH_UNSUPPORTED", "ERR_PROXY_AUTH_REQUESTED"],
    code: "webProxyAuthentication",
    class: "block",
    meaning: "The proxy on the way to {host} asks for a sign-in of its own.",
    remedy: "This program keeps no proxy's password: have {host} let through without one.",
  },
  {
    signs: ["PROXY_REFUSED", "ERR_TUNNEL_CONNECTION_FAILED"],
    code: "webProxyRefused",
    class: "block",
    meaning: "The proxy did not open the way to {host}.",
    remedy: "Have {host} let through by the proxy's administrator.",
  },
  {
    signs: ["NO_JSON"],
    code: "webOtherAnswer",
    class: "block",
    meaning: "What answered for {host} is not the service; perhaps a proxy's own page.",
    remedy: "Open any web page in the browser to sign in to the network, then try again.",
  },
  {
    signs: [
      "ETIMEDOUT",
      "ESOCKETTIMEDOUT",
      "ETIMEOUT",
      "TimeoutError",
      "AbortError",
      "ABORT_ERR",
      "ERR_TIMED_OUT",
      "ERR_CONNECTION_TIMED_OUT",
    ],
    code: "webNoAnswer",
    class: "retry",
    meaning: "{host} does not answer.",
    remedy: "Try again; check the firewall and the proxy of this computer.",
  },
  {
    signs: [
      "ECONNRESET",
      "EPIPE",
      "ECONNABORTED",
      "EPROTO",
      "ERR_CONNECTION_RESET",
      "ERR_CONNECTION_CLOSED",
      "ERR_CONNECTION_ABORTED",
      "ERR_EMPTY_RESPONSE",
      "ERR_SSL_PROTOCOL_ERROR",
      "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
    ],
    code: "webConnectionClosed",
    class: "retry",
    meaning: "The connection to {host} was cut.",
    remedy: "Try again; check the firewall and the proxy of this computer.",
  },
];

/** The problem behind a web request to `host` that got no answer of the service. `code` is Node's, OpenSSL's or one of ours. */
export function problemFromWebFailure(code: string, text: string, host: string): Problem {
  const row = webErrorRows.find(({ signs }) => signs.includes(code));
  const fill = (sentence: string) => sentence.replaceAll("{host}", () => visibleText(host));
  return {
    code: row?.code ?? "webFailed",
    class: row?.class ?? "retry",
    summary: fill(row?.meaning ?? "The connection to {host} failed."),
    detail: code === "" || text.includes(code) ? text : `${code}: ${text}`,
    remedy: fill(row?.remedy ?? "Read the message; check internet access and proxy."),
  };
}

/** Whether nothing of the service was reached: asking again soon costs it nothing. */
export function isUnreached({ code }: Problem): boolean {
  return webErrorRows.some((row) => row.code === code);
}
