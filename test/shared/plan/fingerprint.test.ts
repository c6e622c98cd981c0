// The text that is hashed and approved: every field counts, the order of keys does not.
import { describe, expect, test } from "vitest";
import { fingerprintText } from "../../../shared/plan/fingerprint.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { changedEverywhere } from "./changed-everywhere.ts";
import { plannedLinkAndServers } from "./planned.ts";

const { plan } = plannedLinkAndServers();

describe("fingerprintText", () => {
  test("changes with every single value anywhere in the plan", () => {
    const original = fingerprintText(plan);
    const changes = [...changedEverywhere(plan)];
    expect(changes.length).toBeGreaterThan(100);
    for (const { path, value } of changes) {
      // A changed copy of a plan may be no plan any more; the text must tell it apart all the same.
      expect(fingerprintText(value as Plan), path).not.toBe(original);
    }
    expect(new Set(changes.map(({ value }) => fingerprintText(value as Plan))).size).toBe(
      changes.length,
    );
  });

  test("does not depend on the order in which keys were written", () => {
    expect(fingerprintText(reversedKeys(plan) as Plan)).toBe(fingerprintText(plan));
  });

  test("does depend on the order of the steps", () => {
    expect(fingerprintText({ ...plan, steps: plan.steps.toReversed() })).not.toBe(
      fingerprintText(plan),
    );
  });

  test("is JSON that gives the plan back", () => {
    expect(JSON.parse(fingerprintText(plan))).toEqual(plan);
  });
});

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversedKeys(member)]),
  );
}
