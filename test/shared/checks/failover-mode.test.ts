import { describe, expect, test } from "vitest";
import type { AzureFact } from "../../../shared/estate/azure-fact.ts";
import { names } from "../estate/sample-estate.ts";
import { armLink as link, azureSeen as seen } from "./sample-azure.ts";
import { findings } from "./sample-input.ts";

function levelOf(azure: AzureFact): readonly unknown[] {
  return findings("failoverMode", { estate: { azure } }).map(({ level, blocks }) => [
    level,
    blocks,
  ]);
}

describe("the link's failover mode in Azure", () => {
  test("Manual passes, also where Azure spells the link's name in other letters", () => {
    expect(levelOf(seen({ ...link, name: names.link.toUpperCase() }))).toEqual([["passed", false]]);
  });

  test("None blocks: no failover keeps a link that was made for one way", () => {
    expect(levelOf(seen({ ...link, failoverMode: "None" }))).toEqual([["failed", true]]);
  });

  test("None passes where the link is to be removed, and never towards SQL Server", () => {
    const azure = seen({ ...link, failoverMode: "None" });
    const level = (to: "box" | "instance") =>
      findings("failoverMode", { estate: { azure }, choices: { keepLink: false, to } })[0]?.level;
    expect([level("instance"), level("box")]).toEqual(["passed", "failed"]);
  });

  test("a mode of another link says nothing of this one", () => {
    expect(levelOf(seen({ ...link, name: "another", failoverMode: "None" }))).toEqual([
      ["unknown", false],
    ]);
  });

  test("a mode that is not told, or is a new one, is unknown and does not block", () => {
    expect(levelOf(seen({ ...link, failoverMode: null }))).toEqual([["unknown", false]]);
    expect(levelOf(seen({ ...link, failoverMode: "Automatic\n# x" }))).toEqual([
      ["unknown", false],
    ]);
  });

  test("a reading of Azure that failed says why, and does not block", () => {
    const problem = {
      code: "armThrottled",
      class: "retry",
      summary: "Azure takes no more requests.",
      remedy: "Wait.",
    } as const;
    const azure = { kind: "failed", at: "2026-09-12T22:00:00.000Z", problem } as const;
    const [finding] = findings("failoverMode", { estate: { azure } });
    expect(finding).toMatchObject({ level: "unknown", blocks: false, remedy: "Wait." });
    expect(finding?.summary).toContain("Azure takes no more requests.");
  });
});
