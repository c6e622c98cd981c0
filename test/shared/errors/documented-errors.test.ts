// Every error that the documents list has a row with its class, and what the operator reads of it says what to do and where.
import { describe, expect, test } from "vitest";
import type { ActOn } from "../../../shared/errors/act-on.ts";
import type { Problem } from "../../../shared/errors/app-error.ts";
import {
  armErrorRows,
  armErrors,
  problemFromArmError,
  problemFromArmOperation,
} from "../../../shared/errors/azure-errors.ts";
import { entraErrors, problemFromEntraError } from "../../../shared/errors/entra-errors.ts";
import { problemFromSqlError, sqlErrorRows, sqlErrors } from "../../../shared/errors/sql-errors.ts";
import { armCodes } from "./documented/arm-codes.ts";
import { armCreationCodes } from "./documented/arm-creation-codes.ts";
import { armOtherCodes } from "./documented/arm-other-codes.ts";
import {
  entraCodes,
  moreEntraCodes,
  passingEntraCodes,
  unverifiedEntraCodes,
} from "./documented/entra-codes.ts";
import { groupNumbers } from "./documented/group-numbers.ts";
import { linkNumbers } from "./documented/link-numbers.ts";
import { otherNumbers, unverified } from "./documented/other-numbers.ts";
import { replicaNumbers } from "./documented/replica-numbers.ts";

// As long as the names of instances are.
const server = "sqlmi1.a0b1c2d3e4f5.database.windows.net";
const action = "Microsoft.Sql/managedInstances/distributedAvailabilityGroups/failover/action";
const what = "link LINK_Adatum of sqlmi1";

/** How a remedy names where it is carried out. */
const named: Readonly<Record<ActOn, RegExp>> = {
  server: new RegExp(server.replaceAll(".", "\\."), "u"),
  otherSide: /\bother side\b/u,
  sqlServer: /\bSQL Server\b/u,
  instance: /\binstance\b/u,
  primary: /\bprimary\b/iu,
  bothSides: /\bboth sides\b/u,
  azure: /\bAzure\b/u,
  none: /\bnothing (?:is left|needs) to (?:do|be done)\b/iu,
};

function expectReadable({ summary, remedy }: Problem, actOn: ActOn): void {
  for (const sentence of [summary, remedy]) {
    expect(sentence).toMatch(/^[A-Za-z].{10,}\.$/u);
    // Placeholders, our own words for things, and what is never said to an operator.
    expect(sentence).not.toMatch(/[{}]|undefined|\bnull\b|\bNaN\b|\[object|\b(?:arm|sql)[A-Z0-9]/u);
    expect(sentence).not.toMatch(/ambiguous|wrongSide|please|oops|!/iu);
  }
  expect(remedy).toMatch(named[actOn]);
  expect(`${summary} ${remedy}`.length).toBeLessThanOrEqual(300);
}

const documentedNumbers = [...linkNumbers, ...groupNumbers, replicaNumbers, ...otherNumbers];
const documentedCodes = [...armCodes, armCreationCodes, armOtherCodes];

describe.each(documentedNumbers)("$source", ({ rows }) => {
  test.each(rows)("lists %i, which is %s", (number, problemClass, published) => {
    const row = sqlErrors.get(number);
    if (row === undefined) throw new Error(`No row stands for ${String(number)}.`);
    const problem = problemFromSqlError(number, published, server);
    expect([problem.class, problem.sqlNumber]).toEqual([problemClass, number]);
    expect(problem.detail).toBe(`Msg ${String(number)}: ${published}`);
    expectReadable(problem, row.actOn);
  });
});

describe(unverified.source, () => {
  test.each(unverified.rows)("%i is %s and shown in the server's own words", (number, _, text) => {
    const problem = problemFromSqlError(number, text, server);
    expect(sqlErrors.has(number)).toBe(false);
    expect(problem).toMatchObject({
      class: "ambiguous",
      summary: `${server} answered with error ${String(number)}.`,
      detail: `Msg ${String(number)}: ${text}`,
    });
    expectReadable(problem, "bothSides");
  });
});

describe.each(documentedCodes)("$source", ({ rows }) => {
  test.each(rows)("lists %i %s, which is %s", (status, code, problemClass, published) => {
    const row = armErrors.get(code.toLowerCase());
    if (row === undefined) throw new Error(`No row stands for ${code}.`);
    const told = { code, text: published, requestId: "r-1" };
    const refused = problemFromArmError(
      { ...told, status, retryAfterSeconds: undefined },
      what,
      action,
    );
    expect(refused.class).toBe(problemClass);
    expect(refused.detail).toBe(`HTTP ${String(status)} ${code}: ${published} (request id r-1)`);
    expectReadable(refused, row.actOn);
    const ended = problemFromArmOperation(told, what);
    expect([ended.code, ended.class]).toEqual([refused.code, problemClass]);
  });
});

test("an operation that ended as Failed or Canceled with no code is ambiguous", () => {
  const problem = problemFromArmOperation(
    {
      code: undefined,
      text: "The operation ended with the status Canceled.",
      requestId: undefined,
    },
    what,
  );
  expect(problem.class).toBe("ambiguous");
  expectReadable(problem, "bothSides");
});

describe("Microsoft Entra authentication and authorization error codes", () => {
  const told = { error: "invalid_client_state", text: "as it came", correlationId: "c-1" };
  const refusedWith = (code: string) =>
    /^\d+$/u.test(code)
      ? problemFromEntraError({ ...told, number: Number(code) }, "adatum.example")
      : problemFromEntraError({ ...told, error: code, number: undefined }, "adatum.example");

  test.each([...entraCodes, ...moreEntraCodes])(
    "lists %s, which has a row and changes nothing anywhere",
    (code) => {
      expect(entraErrors.has(code)).toBe(true);
      const problem = refusedWith(code);
      expect(problem.class).toBe("block");
      expect(`${problem.summary} ${problem.remedy}`.length).toBeLessThanOrEqual(300);
      expect(problem.detail).toContain("as it came (correlation id c-1)");
    },
  );

  test.each(passingEntraCodes)(
    "lists %s, after which asking again is what there is to do",
    (code) => {
      expect(refusedWith(code).class).toBe("retry");
    },
  );

  test.each(unverifiedEntraCodes)("vouches not for %s: its own words are shown", (code) => {
    expect(refusedWith(code)).toMatchObject({
      code: "signInFailed",
      detail: `AADSTS${code} invalid_client_state: as it came (correlation id c-1)`,
    });
  });
});

test("every row of the tables names the server to act on, or says that nothing is left to do", () => {
  for (const row of sqlErrorRows) {
    for (const number of row.numbers) {
      expectReadable(problemFromSqlError(number, "", server), row.actOn);
    }
  }
  for (const row of armErrorRows) {
    for (const code of row.codes) {
      const told = { status: 409, code, text: "", requestId: undefined };
      const problem = problemFromArmError({ ...told, retryAfterSeconds: 17 }, what, action);
      expectReadable(problem, row.actOn);
    }
  }
});

test("no number and no code stands in two rows", () => {
  const numbers = sqlErrorRows.flatMap((row) => row.numbers);
  const codes = armErrorRows.flatMap((row) => row.codes);
  expect([numbers.length, codes.length]).toEqual([sqlErrors.size, armErrors.size]);
});

/** Counts too: what the documents list twice would stand here twice. */
test("every row of the tables stands in a document's list, and the other way round", () => {
  const numbers = documentedNumbers.flatMap(({ rows }) => rows.map(([number]) => number));
  const codes = documentedCodes.flatMap(({ rows }) => rows.map(([, code]) => code.toLowerCase()));
  const words = [...entraCodes, ...moreEntraCodes, ...passingEntraCodes];
  expect(numbers.toSorted()).toEqual([...sqlErrors.keys()].toSorted());
  expect(codes.toSorted()).toEqual([...armErrors.keys()].toSorted());
  expect(words.toSorted()).toEqual([...entraErrors.keys()].toSorted());
  expect([numbers.length, codes.length, words.length]).toEqual([231, 101, 78]);
});
