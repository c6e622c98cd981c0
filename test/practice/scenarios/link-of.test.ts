// Links as the builder makes them: failoverMode by versions and policy, and those the service would not have made.
import { describe, expect, test } from "vitest";
import { findScenario } from "../../../practice/scenarios/all.ts";
import { linkOf, type LinkRecipe } from "../../../practice/scenarios/link-of.ts";

const recipe = (rest: Partial<LinkRecipe>): LinkRecipe => ({ name: "x", summary: "X.", ...rest });

describe("failoverMode", () => {
  test.each([
    ["sql2016", "None"],
    ["sql2017", "None"],
    ["sql2019-cutover", "None"],
    ["sql2022-rtm", "Manual"],
    ["sql2022-cu12", "Manual"],
    ["sql2022-standard", "Manual"],
    ["sql2025-policy2025", "Manual"],
    ["policy-always-up-to-date", "None"],
    ["business-critical", "Manual"],
    ["instance-primary", "Manual"],
    ["instance-first-primary", "Manual"],
    ["multi-node-box", "Manual"],
  ])("of %s is %s", (name, mode) => {
    expect(findScenario(name)?.link.failoverMode).toBe(mode);
  });

  test("is None on a link that could go both ways where it was made so", () => {
    expect(linkOf(recipe({ failoverMode: "None" })).link.failoverMode).toBe("None");
  });
});

describe("a link that the service would not have made", () => {
  test.each<[string, Partial<LinkRecipe>]>([
    ["41984", { build: "2025 RTM", policy: "SQLServer2022" }],
    ["41988", { build: "2019 CU20", failoverMode: "Manual" }],
    ["41988", { build: "2022 CU19", policy: "SQLServer2025", failoverMode: "Manual" }],
    ["41988", { policy: "AlwaysUpToDate", failoverMode: "Manual" }],
    ["only where formats are equal", { build: "2019 CU20", primary: "instance" }],
    ["only where formats are equal", { policy: "AlwaysUpToDate", firstPrimary: "instance" }],
    ["from 16.0.4095.4 on", { build: "2022 RTM", firstPrimary: "instance" }],
  ])("is refused with %s: %j", (because, rest) => {
    expect(() => linkOf(recipe(rest))).toThrow(because);
  });

  test("from the instance to CU10 and later, and to 2025, is made", () => {
    for (const rest of [
      { build: "2022 CU10" },
      { build: "2025 RTM", policy: "SQLServer2025" },
    ] as const) {
      expect(linkOf(recipe({ ...rest, firstPrimary: "instance" })).primary).toBe("instance");
    }
  });
});
