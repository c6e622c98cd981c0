// The guarded batch: every check before the statement, each with its own number, and only what was seen lets it go on.
import { describe, expect, test } from "vitest";
import { guardedBatch, guardLines, partnerChecks } from "../../../shared/sql/guard.ts";
import { plannedLinkAndServers } from "../plan/planned.ts";

const { plan } = plannedLinkAndServers();
const box = { side: "box", server: plan.box, link: plan.link, roles: ["PRIMARY"] } as const;

describe("guardedBatch", () => {
  test("asks context, server, version, local group, link and role in that order, and acts last", () => {
    const batch = guardedBatch(box, partnerChecks(plan.link), "ACT;");
    const numbers = [...batch.matchAll(/THROW (\d+)/gu)].map(([, number]) => Number(number));
    expect(numbers).toEqual([50001, 50002, 50003, 50004, 50005, 50006, 50007, 50008]);
    expect(batch.split("\n").at(-1)).toBe("EXEC (N'ACT;');");
  });

  test("does not ask an instance for SQL Server's local group", () => {
    const place = { ...box, side: "instance", server: plan.instance } as const;
    expect(guardedBatch(place, [], "ACT;")).not.toContain("THROW 50004");
  });

  test("sends a statement that had to be assembled through a variable, since EXEC takes no expressions", () => {
    expect(guardedBatch(box, [], "ACT $(x)\n;").split("\n").slice(-2)).toEqual([
      "DECLARE @statement nvarchar(max) = N'ACT ' + NCHAR(36) + N'(x)' + NCHAR(10) + N';';",
      "EXEC (@statement);",
    ]);
  });
});

describe("guardLines", () => {
  test("empties the variable before each query, so that a query that fails ends the batch", () => {
    const lines = guardLines(partnerChecks(plan.link), "x");
    const assigned = lines.filter((line) => line.startsWith("SET @xSeen = "));
    expect(assigned.filter((_, index) => index % 2 === 0)).toEqual([
      "SET @xSeen = NULL;",
      "SET @xSeen = NULL;",
    ]);
    expect(lines.filter((line) => line.startsWith("IF @xSeen IS NULL OR"))).toHaveLength(2);
  });

  test("says what was wanted, what is and what to do", () => {
    const text = guardLines(
      [
        {
          number: 50003,
          verdict: "Refused",
          seen: "X()",
          wanted: ["1", "O'2"],
          what: "the version of B\nX",
          remedy: "Look.",
        },
      ],
      "x",
    ).join("\n");
    expect(text).toContain(
      "SET @xRefusal = N'Refused: the version of B\\u000aX must be 1 or O''2, and it is ' + ISNULL(@xSeen, N'not visible to this login') + N'. Look.';",
    );
    expect(text).toContain("NOT IN (N'1', N'O''2')");
  });
});
