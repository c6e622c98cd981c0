// Message numbers: each one class and one sentence with the server in it; what is not known is never concluded from.
import { describe, expect, test } from "vitest";
import { problemFromSqlError, sqlErrors } from "../../../shared/errors/sql-errors.ts";
import { connectErrors } from "../../../shared/errors/sql-errors-connect.ts";
import { groupErrors } from "../../../shared/errors/sql-errors-group.ts";
import { linkErrors } from "../../../shared/errors/sql-errors-link.ts";

describe("problemFromSqlError", () => {
  test.each([
    [47514, "block"],
    [47515, "block"],
    [47516, "block"],
    [47513, "wait"],
    [47517, "wrongSide"],
    [41965, "info"],
    [41970, "wrongSide"],
    [41149, "ambiguous"],
    [41121, "ambiguous"],
    [41184, "ambiguous"],
    [41188, "retry"],
    [41190, "wrongSide"],
    [41122, "info"],
    [41195, "info"],
    [983, "wrongSide"],
    [35250, "block"],
    [35267, "info"],
    [40613, "retry"],
    [10054, "ambiguous"],
    [15151, "block"],
  ])("gives %i the class %s", (number, kind) => {
    expect(problemFromSqlError(number, "text", "SQLBOX01").class).toBe(kind);
  });

  test("names the server, keeps its words whole and its number", () => {
    expect(problemFromSqlError(47515, "The send queue {server} is too big.", "SQL$&BOX\n")).toEqual(
      {
        code: "sql47515",
        class: "block",
        summary:
          "SQL$&BOX\\u000a refused the failover: too much log still waits to be sent (send queue).",
        detail: "Msg 47515: The send queue {server} is too big.",
        remedy:
          "Stop the workload and wait until the send queue is empty, then start again. Nothing has changed.",
        sqlNumber: 47515,
      },
    );
  });

  test.each([
    [18456, "loginFailed"],
    [300, "noPermission"],
    [50001, "guardRefused"],
    [50009, "guardRefused"],
  ])("calls %i %s", (number, code) => {
    expect(problemFromSqlError(number, "", "SQLBOX01").code).toBe(code);
  });

  test.each([99999, 50010, 47115, 35201, 1480])(
    "takes %i, of which no source is sure, for ambiguous and shows the server's words",
    (number) => {
      expect(problemFromSqlError(number, "Something.", "SQLBOX01")).toEqual({
        code: `sql${String(number)}`,
        class: "ambiguous",
        summary: `SQLBOX01 answered with error ${String(number)}.`,
        detail: `Msg ${String(number)}: Something.`,
        remedy: "Read the message and both sides before any other step.",
        sqlNumber: number,
      });
    },
  );
});

describe("the table", () => {
  test("has every number once", () => {
    const numbers = [...linkErrors, ...groupErrors, ...connectErrors].flatMap((row) => row.numbers);
    expect(numbers).toHaveLength(new Set(numbers).size);
    expect(sqlErrors.size).toBe(numbers.length);
  });

  test("has every number that the sources name for links and role changes", () => {
    const named = [
      ...[41962, 41964, 41965, 41968, 41969, 41970, 41971, 41972, 41973, 41974, 41976, 41977],
      ...[41979, 41980, 41981, 41982, 41984, 41985, 41986, 41987, 41988, 41993, 41998, 41999],
      ...[47500, 47501, 47502, 47503, 47504, 47507, 47508, 47509, 47510, 47511, 47512, 47513],
      ...[47514, 47515, 47516, 47517, 47518, 47519, 47520, 47521, 47522, 47523, 47525, 47526],
      ...[41100, 41104, 41113, 41121, 41122, 41131, 41138, 41140, 41142, 41148, 41149, 41160],
      ...[41163, 41164, 41165, 41167, 41185, 41188, 41189, 41190, 41191, 41195, 35250, 35256],
      ...[35264, 35265, 35266, 35267, 35268, 35269, 35274, 35277, 35299, 19494, 19501, 19504],
      ...[19506, 19508, 19510, 19511, 19512, 19513, 19530, 47101, 47105, 47106, 1408, 1412, 1475],
      ...[9002, 41429, 18456, 4060, 40615, 18452, 18470, 18487, 18488, 40613],
    ];
    expect(named.filter((number) => !sqlErrors.has(number))).toEqual([]);
  });

  test("speaks in sentences", () => {
    for (const { meaning, remedy } of sqlErrors.values()) {
      expect(meaning).toMatch(/^[A-Z{].*\.$/u);
      expect(remedy).toMatch(/^[A-Z{].*\.$/u);
      expect(`${meaning} ${remedy}`).not.toMatch(/please|oops|successfully|!/iu);
    }
  });
});
