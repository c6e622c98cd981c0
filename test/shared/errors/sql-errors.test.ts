// Message numbers: each one class and one sentence with the server in it; what is not known is never concluded from.
import { describe, expect, test } from "vitest";
import { problemFromSqlError } from "../../../shared/errors/sql-errors.ts";

describe("problemFromSqlError", () => {
  test("names the server, keeps its words whole and its number", () => {
    expect(problemFromSqlError(47515, "The send queue {server} is too big.", "SQL$&BOX\n")).toEqual(
      {
        code: "sql47515",
        class: "block",
        summary:
          "SQL$&BOX\\u000a refused the failover: too much log still waits to be sent (send queue).",
        detail: "Msg 47515: The send queue {server} is too big.",
        remedy:
          "Stop the workload on the primary, wait until the send queue is empty, then start the failover again. Nothing has changed.",
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

  test.each([99999, 50010])(
    "takes %i, of which no source is known, for ambiguous and shows the server's words",
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
