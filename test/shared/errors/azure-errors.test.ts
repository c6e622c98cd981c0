import { describe, expect, test } from "vitest";
import {
  problemFromArmError,
  problemFromArmOperation,
  problemOfLostAnswer,
} from "../../../shared/errors/azure-errors.ts";
import { entraErrors, problemFromEntraError } from "../../../shared/errors/entra-errors.ts";
import { entraRows } from "../../../shared/errors/entra-error-rows.ts";
import { problemFromWebFailure } from "../../../shared/errors/web-errors.ts";

const refusal = {
  status: 403,
  code: "AuthorizationFailed",
  text: "The client 'x' does not have authorization.",
  requestId: "r-1",
  retryAfterSeconds: undefined,
};
const entra = { error: "invalid_grant", number: 50173, text: "expired", correlationId: "c-1" };

describe("what Azure Resource Manager refuses", () => {
  test("403 names the action, the resource, and the request id for support", () => {
    const problem = problemFromArmError(refusal, "sqlmi1", "Microsoft.Sql/managedInstances/read");
    expect(problem).toEqual({
      code: "armNotAllowed",
      class: "block",
      summary: "The signed-in account may not Microsoft.Sql/managedInstances/read on sqlmi1.",
      detail:
        "HTTP 403 AuthorizationFailed: The client 'x' does not have authorization. (request id r-1)",
      remedy:
        "Have the Azure role SQL Managed Instance Contributor, or one with that action, given to the account there.",
    });
  });

  test.each([
    [401, "armTokenRefused", "block"],
    [403, "armNotAllowed", "block"],
    [404, "armNotFound", "block"],
    [409, "armBusy", "retry"],
    [429, "armThrottled", "retry"],
    [503, "armUnavailable", "retry"],
    [504, "armTimedOut", "ambiguous"],
    [418, "arm418", "ambiguous"],
  ])("status %i without a known code is told by the status", (status, code, problemClass) => {
    const problem = problemFromArmError({ ...refusal, status, code: undefined }, "sqlmi1", "read");
    expect([problem.code, problem.class]).toEqual([code, problemClass]);
  });

  test.each([
    [400, "arm400", "block"],
    [409, "arm409", "block"],
    [500, "arm500", "ambiguous"],
  ])("status %i with a code that is not known is a refusal below 500", (status, code, how) => {
    const given = { ...refusal, status, code: "SomethingNew" };
    const problem = problemFromArmError(given, "sqlmi1", "read");
    expect([problem.code, problem.class]).toEqual([code, how]);
    expect(problem.detail).toContain("SomethingNew");
  });

  test("an operation that failed is told by its code, or as one of which nothing is known", () => {
    const ended = { code: "OperationTimedOut", text: "rolled back", requestId: "r-1" };
    expect(problemFromArmOperation(ended, "link L of mi")).toMatchObject({
      code: "armTimedOut",
      detail: "OperationTimedOut: rolled back (request id r-1)",
    });
    const other = { ...ended, code: undefined };
    expect(problemFromArmOperation(other, "link L of mi")).toEqual({
      code: "armOperationFailed",
      class: "ambiguous",
      summary: "The operation of Azure on link L of mi failed.",
      detail: "rolled back (request id r-1)",
      remedy: "Read the roles of both sides before any other step.",
    });
  });

  test("an answer that is lost says that nobody knows, and why", () => {
    const why = problemFromWebFailure("ECONNRESET", "socket hang up", "management.azure.com");
    expect(problemOfLostAnswer("link L of mi", why)).toEqual({
      code: "armAnswerLost",
      class: "ambiguous",
      summary:
        "The answer to a request about link L of mi was lost: whether Azure took it is not known.",
      detail: "The connection to management.azure.com was cut. ECONNRESET: socket hang up",
      remedy: "Do not send it again. Read the roles of both sides before any other step.",
    });
  });

  test("the code decides before the status, in any letters", () => {
    const given = { ...refusal, status: 400, code: "managedinstanceisbusy" };
    expect(problemFromArmError(given, "sqlmi1", "read").code).toBe("armBusy");
  });

  test("throttling says how long Azure asks to wait", () => {
    const given = { ...refusal, status: 429, code: "TooManyRequests", retryAfterSeconds: 17 };
    expect(problemFromArmError(given, "sqlmi1", "read").remedy).toContain("17 s");
  });

  test("a hostile name stays on its line and is filled in literally", () => {
    const { summary } = problemFromArmError(refusal, "mi $& {action}\n]'\"$(x)", "a");
    expect(summary).not.toContain("\n");
    expect(summary).toContain("$&");
  });

  test("what a planned failover asks of the wrong side is the wrong side", () => {
    const code = "InvalidDistributedAvailabilityGroupFailoverInstanceRole";
    const problem = problemFromArmError({ ...refusal, status: 400, code }, "LINK", "failover");
    expect(problem.class).toBe("wrongSide");
  });
});

describe("what Microsoft Entra ID refuses", () => {
  test("no number or word stands in two rows", () => {
    expect(entraRows.flatMap(({ codes }) => codes).length).toBe(entraErrors.size);
  });

  test.each([
    [50173, "signInAgain"],
    [50076, "signInMfa"],
    [53003, "conditionalAccess"],
    [50020, "notInTenant"],
    [65001, "consentMissing"],
    [65004, "signInDeclined"],
    [700016, "applicationUnknown"],
    [90002, "tenantUnknown"],
    [90033, "entraUnavailable"],
  ])("AADSTS%i decides before invalid_grant", (number, code) => {
    expect(problemFromEntraError({ ...entra, number }, "dana@adatum.example").code).toBe(code);
  });

  test("invalid_grant without a number asks to sign in again", () => {
    const problem = problemFromEntraError({ ...entra, number: undefined }, "dana");
    expect(problem.remedy).toBe("Sign in to Azure again.");
  });

  test("the detail has number, word, text and correlation id", () => {
    expect(problemFromEntraError(entra, "dana").detail).toBe(
      "AADSTS50173 invalid_grant: expired (correlation id c-1)",
    );
  });

  test("an unknown number is told with its words, and blocks", () => {
    const problem = problemFromEntraError({ ...entra, error: "odd", number: 1234567 }, "dana");
    expect([problem.code, problem.class]).toEqual(["signInFailed", "block"]);
    expect(problem.detail).toContain("AADSTS1234567");
  });
});

describe("a service that does not answer", () => {
  test.each([
    ["ENOTFOUND", "webHostUnknown"],
    ["ECONNREFUSED", "webUnreachable"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "webCertificate"],
    ["PROXY_407", "webProxyAuthentication"],
    ["NO_JSON", "webOtherAnswer"],
    ["TimeoutError", "webNoAnswer"],
    ["ECONNRESET", "webConnectionClosed"],
    ["EODD", "webFailed"],
  ])("%s names the host", (code, expected) => {
    const problem = problemFromWebFailure(code, "words", "login.microsoftonline.com");
    expect(problem.code).toBe(expected);
    expect(problem.summary).toContain("login.microsoftonline.com");
    expect(problem.detail).toBe(`${code}: words`);
  });
});
