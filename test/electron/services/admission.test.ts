// Where a connection goes for what was typed, and which environments stand beside each other.
import { describe, expect, test } from "vitest";
import { admitEnvironment, admitPair, targetOf } from "../../../electron/services/admission.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Environment } from "../../../shared/plan/plan.ts";

const practice = { authorityPem: "PEM" };
const instance = { side: "instance", usePublicEndpoint: true, encrypt: "strict" } as const;

function codeOf(act: () => unknown): string {
  try {
    act();
    return "admitted";
  } catch (error) {
    if (error instanceof AppError) return error.problem.code;
    throw error;
  }
}

describe("targetOf", () => {
  test.each([
    ["sqlmi1.abc.database.windows.net", "sqlmi1.public.abc.database.windows.net", 3342],
    ["sqlmi1.public.abc.database.windows.net", "sqlmi1.public.abc.database.windows.net", 3342],
    ["sqlmi1.public.abc.database.windows.net,3342", "sqlmi1.public.abc.database.windows.net", 3342],
    ["sqlmi1.abc.database.windows.net,1433", "sqlmi1.public.abc.database.windows.net", 1433],
    ["10.0.0.4", "10.0.0.4", 3342],
    ["sqlmi1", "sqlmi1", 3342],
  ])("reaches the public endpoint of %s at %s, port %d", (server, host, port) => {
    expect(targetOf({ ...instance, server }, undefined)).toMatchObject({ host, port });
  });

  test("knows no public endpoint of SQL Server", () => {
    const asked = { ...instance, side: "box", server: "SQLBOX01" } as const;
    expect(codeOf(() => targetOf(asked, undefined))).toBe("noPublicEndpoint");
  });

  test.each(["127.0.0.1,51433", "localhost,51433", "127.9.9.9"])(
    "lets a practice window reach %s with the estate's authority",
    (server) => {
      const asked = { ...instance, usePublicEndpoint: false, server };
      expect(targetOf(asked, practice)).toMatchObject({ caCertificatePem: "PEM" });
    },
  );

  test.each([
    "10.0.0.4",
    "localhost.adatum.example",
    "127.0.0.1.nip.example",
    "128.0.0.1",
    "0.0.0.0",
  ])("lets no practice window reach %s", (server) => {
    const asked = { ...instance, usePublicEndpoint: false, server };
    expect(codeOf(() => targetOf(asked, practice))).toBe("practiceOnlyHere");
  });
});

describe("admitEnvironment", () => {
  test.each<[Environment, boolean, string]>([
    ["production", false, "admitted"],
    ["test", false, "admitted"],
    ["practice", false, "environmentRefused"],
    ["practice", true, "admitted"],
    ["test", true, "environmentRefused"],
    ["production", true, "environmentRefused"],
  ])("%s in a practice window (%s): %s", (asked, isPractice, answer) => {
    const profile = isPractice ? practice : undefined;
    expect(
      codeOf(() => {
        admitEnvironment(asked, profile);
      }),
    ).toBe(answer);
  });
});

describe("admitPair", () => {
  const marked = (environment: Environment) => ({ serverName: "SQLBOX01", environment });

  test.each<[Environment, Environment | undefined, string]>([
    ["production", undefined, "admitted"],
    ["production", "production", "admitted"],
    ["test", "production", "environmentsMixed"],
    ["production", "test", "environmentsMixed"],
  ])("%s beside %s: %s", (box, instance, answer) => {
    expect(
      codeOf(() => {
        admitPair(marked(box), instance && marked(instance));
      }),
    ).toBe(answer);
  });
});
