// Failed connects and requests: each its own sentence with what to do, from codes where there are codes.
import { describe, expect, test } from "vitest";
import { problemFromDriverError } from "../../../shared/errors/driver-errors.ts";

const at = "sqlbox01:1433";

describe("a connect that fails", () => {
  // Codes and texts as mssql 12 on tedious 20 gives them.
  test.each([
    ["ENOTFOUND", `Failed to connect to ${at} - getaddrinfo ENOTFOUND sqlbox01`, "hostUnknown"],
    [
      "ECONNREFUSED",
      `Failed to connect to ${at} - connect ECONNREFUSED 10.0.0.1:1433`,
      "portClosed",
    ],
    ["EHOSTUNREACH", `Failed to connect to ${at} - connect EHOSTUNREACH`, "noRoute"],
    ["ETIMEOUT", `Failed to connect to ${at} in 15000ms`, "noAnswer"],
    [
      "ESOCKET",
      `Failed to connect to ${at} - self-signed certificate in certificate chain`,
      "certificateUntrusted",
    ],
    ["SELF_SIGNED_CERT_IN_CHAIN", "x", "certificateUntrusted"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "x", "certificateUntrusted"],
    ["CERT_HAS_EXPIRED", "x", "certificateExpired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "x", "certificateWrongName"],
    [
      "ESOCKET",
      `Failed to connect to ${at} - Hostname/IP does not match certificate's altnames: Host: a`,
      "certificateWrongName",
    ],
    [
      "EENCRYPT",
      "Server requires encryption, set 'encrypt' config option to `true`.",
      "encryptionRequired",
    ],
    [
      "EENCRYPT",
      "Server did not negotiate encryption, but the 'encrypt' config option is set to `true`.",
      "encryptionRefused",
    ],
    ["EENCRYPT", "Something newer.", "encryptionDisagreed"],
    ["ELOGIN", "Login failed for user 'dba'.", "loginFailed"],
    ["EINSTLOOKUP", "Port for X not found in sqlbox01", "instanceNotFound"],
    ["ECONNRESET", "read ECONNRESET", "connectionClosed"],
    ["ESOCKET", `Failed to connect to ${at} - socket hang up`, "connectionClosed"],
    ["ESOCKET", "write EPROTO 00:error:0A00010B:SSL routines::wrong version number", "tlsFailed"],
    ["EFEDAUTH", "Security token could not be authenticated or authorized.", "tokenRefused"],
  ])("with %s is told by its own sentence", (code, text, expected) => {
    const problem = problemFromDriverError(code, text, at, "connect");
    expect(problem.code).toBe(expected);
    expect(problem.summary).toContain(at);
    expect(problem.detail).toContain(text);
    expect(problem.class).not.toBe("ambiguous");
  });

  test("gives every kind a sentence of its own", () => {
    const summaries = [
      "ENOTFOUND",
      "ECONNREFUSED",
      "EHOSTUNREACH",
      "ETIMEOUT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "EENCRYPT",
      "ELOGIN",
      "EINSTLOOKUP",
      "ECONNRESET",
      "EPROTO",
      "EFEDAUTH",
      "ENEW",
    ].map((code) => problemFromDriverError(code, "", at, "connect").summary);
    expect(new Set(summaries).size).toBe(summaries.length);
  });

  test("looks at the code before the text, so that a host's name decides nothing", () => {
    const text = "Failed to connect to ENOTFOUND.example:1 - connect ECONNREFUSED";
    expect(problemFromDriverError("ECONNREFUSED", text, at, "connect").code).toBe("portClosed");
  });

  test("says that nothing was sent when the code is unknown", () => {
    expect(problemFromDriverError("ENEW", "Something.", at, "connect")).toEqual({
      code: "driverFailed",
      class: "fatal",
      summary: `The connection to ${at} failed.`,
      detail: "ENEW: Something.",
      remedy: "Read the message; look at the server's error log.",
    });
  });

  test("names both addresses when the server had sent it on to a port that is closed", () => {
    const text =
      "Failed to connect to node7.example:11003 (redirected from mi.example:1433) - connect ECONNREFUSED 10.0.0.9:11003";
    expect(problemFromDriverError("ECONNREFUSED", text, "mi.example:1433", "connect")).toEqual({
      code: "redirectUnreachable",
      class: "block",
      summary:
        "mi.example:1433 answered and sent this connection on to node7.example:11003, which cannot be reached.",
      detail: text,
      remedy:
        "Open the ports 11000 to 11999 from here to the instance's subnet, or set its connection type to Proxy.",
    });
  });

  test("keeps the certificate's own sentence when the redirect answered with a wrong one", () => {
    const text =
      "Failed to connect to node7:11003 (redirected from mi:1433) - self-signed certificate in certificate chain";
    const problem = problemFromDriverError("SELF_SIGNED_CERT_IN_CHAIN", text, "mi:1433", "connect");
    expect(problem.code).toBe("certificateUntrusted");
    expect(problem.summary).toBe(
      "mi:1433 sent this connection on to node7:11003. The certificate of node7:11003 is signed by nobody this computer trusts.",
    );
  });

  test("shows a hostile address on one line", () => {
    const { summary } = problemFromDriverError("ECONNREFUSED", "x", "$&\nb", "connect");
    expect(summary).toBe("Nothing listens at $&\\u000ab.");
  });
});

describe("a request that fails without an answer of the server", () => {
  test.each([
    ["ETIMEOUT", "requestTimedOut"],
    ["ECANCEL", "requestCancelled"],
    ["ECONNRESET", "connectionLost"],
    ["ESOCKET", "connectionLost"],
    ["ECONNCLOSED", "connectionLost"],
    ["ENEW", "driverFailed"],
  ])("with %s is ambiguous: nothing is concluded before both sides are read", (code, expected) => {
    expect(problemFromDriverError(code, "x", at, "request")).toMatchObject({
      code: expected,
      class: "ambiguous",
    });
  });
});
