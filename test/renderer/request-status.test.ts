// A question's status keeps what was known before while it is asked again, and when that fails.
import { expect, test } from "vitest";
import { afterAnswer, afterAsking, knownValue } from "../../renderer/request-status.ts";
import type { RequestStatus } from "../../renderer/request-status.ts";

const error = { code: "x", class: "retry", summary: "No answer.", remedy: "Try again." } as const;
const notStarted: RequestStatus<string> = { kind: "notStarted" };

test("the first question loads without a value, and its failure has none either", () => {
  const loading = afterAsking(notStarted);
  expect(loading).toEqual({ kind: "loading" });
  expect(afterAnswer(loading, { ok: false, error })).toEqual({ kind: "error", error });
});

test("a value stays known through loading and failing, until a newer one comes", () => {
  const loaded = afterAnswer(afterAsking(notStarted), { ok: true, value: "old" });
  const failed = afterAnswer(afterAsking(loaded), { ok: false, error });
  const again = afterAsking(failed);
  expect([loaded, failed, again].map(knownValue)).toEqual(["old", "old", "old"]);
  expect(afterAnswer(again, { ok: true, value: "new" })).toEqual({ kind: "loaded", value: "new" });
});
