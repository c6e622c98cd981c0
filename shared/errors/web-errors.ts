// What Node or OpenSSL say when a service on the web did not answer at all: name, proxy, certificate, time.
import { visibleText } from "../visible-text.ts";
import type { Problem, ProblemClass } from "./app-error.ts";

interface WebErrorRow {
  readonly signs: readonly string[];
  readonly code: string;
  readonly class: ProblemClass;
  readonly meaning: string;
  readonly remedy: string;
}

const rows: readonly WebErrorRow[] = [
  {
    signs: ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA"],
    code: "webHostUnknown",
    class: "block",
    meaning: "The name {host} is not known here.",
    remedy: "Check the internet access and the DNS of this computer, or set its proxy.",
  },
  {
    signs: ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"],
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
    ],
    code: "webCertificate",
    class: "block",
    meaning:
      "The certificate shown for {host} is not trusted here; perhaps a proxy looks into TLS.",
    remedy: "Give this program the certificate authority of your network's proxy.",
  },
  {
    signs: ["PROXY_407"],
    code: "webProxyAuthentication",
    class: "block",
    meaning: "The proxy on the way to {host} asks for a sign-in of its own.",
    remedy: "Set the proxy with its login, or have {host} let through.",
  },
  {
    signs: ["NO_JSON"],
    code: "webOtherAnswer",
    class: "block",
    meaning: "What answered for {host} is not the service; perhaps a proxy's own page.",
    remedy: "Open any web page in the browser to sign in to the network, then try again.",
  },
  {
    signs: ["ETIMEDOUT", "ESOCKETTIMEDOUT", "ETIMEOUT", "TimeoutError", "AbortError"],
    code: "webNoAnswer",
    class: "retry",
    meaning: "{host} does not answer.",
    remedy: "Try again; check the firewall and the proxy of this computer.",
  },
  {
    signs: ["ECONNRESET", "EPIPE", "ECONNABORTED", "EPROTO"],
    code: "webConnectionClosed",
    class: "retry",
    meaning: "The connection to {host} was cut.",
    remedy: "Try again; check the firewall and the proxy of this computer.",
  },
];

/** The problem behind a web request to `host` that got no answer of the service. `code` is Node's, OpenSSL's or one of ours. */
export function problemFromWebFailure(code: string, text: string, host: string): Problem {
  const row = rows.find(({ signs }) => signs.includes(code));
  const fill = (sentence: string) => sentence.replaceAll("{host}", () => visibleText(host));
  return {
    code: row?.code ?? "webFailed",
    class: row?.class ?? "retry",
    summary: fill(row?.meaning ?? "The connection to {host} failed."),
    detail: code === "" || text.includes(code) ? text : `${code}: ${text}`,
    remedy: fill(row?.remedy ?? "Read the message; check internet access and proxy."),
  };
}
