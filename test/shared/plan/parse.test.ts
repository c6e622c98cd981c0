// Reading a saved plan back: the same plan, or a sentence that says why not.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import { plannedLinkAndServers } from "./planned.ts";

const { plan } = plannedLinkAndServers();

describe("parsePlan", () => {
  test("gives back the plan that was written as JSON, also without its optional members", () => {
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.steps[0]).not.toHaveProperty("statement");
  });

  test.each([
    ["another format version", { ...plan, formatVersion: 1 }, "formatVersion"],
    ["a member that this version does not know", { ...plan, force: true }, "force"],
    ["a step of an unknown kind", withAction({ kind: "dropServer", group: "x" }), "steps.0.action"],
    ["a side that is none", { ...plan, to: "cloud" }, "to"],
    ["no plan at all", "DROP", ""],
    ["null", null, ""],
  ])("refuses %s and says where", (_, value, where) => {
    const refused = () => parsePlan(value);
    expect(refused).toThrow(AppError);
    expect(problemOf(refused)).toMatchObject({ code: "planUnreadable", class: "fatal" });
    expect(problemOf(refused)?.detail).toContain(where);
  });
});

function withAction(action: unknown): unknown {
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, action })) };
}

function problemOf(act: () => unknown): AppError["problem"] | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.problem : undefined;
  }
}
