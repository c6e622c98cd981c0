// Walks the scenario folders: estate and choices in, plan, script files and report out, compared with the files kept there.
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { checkAll } from "../../shared/checks/all.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { buildPlan } from "../../shared/plan/build.ts";
import { fingerprintText } from "../../shared/plan/fingerprint.ts";
import { parsePlan } from "../../shared/plan/parse.ts";
import { buildReport } from "../../shared/report/build.ts";
import { reportToMarkdown } from "../../shared/report/to-markdown.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { toTsqlScripts } from "../../shared/script/to-tsql.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { scriptsOf } from "../../shared/script/all.ts";
import { finishedRun } from "./finished-run.ts";
import { linkedEstate } from "./linked-estate.ts";
import { forcedPlanOf } from "./forced-estate.ts";
import type { ForcedScenario, MadeScenario, Scenario } from "./scenario.ts";

const here = new URL(".", import.meta.url);
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(names)("scenario %s", (name) => {
  const file = (fileName: string): string => new URL(`${name}/${fileName}`, here).pathname;

  test("gives the plan, the script files and the report that were reviewed", async () => {
    const { plan, findings } = await planOf(name);
    const hash = createHash("sha256").update(fingerprintText(plan)).digest("hex");

    await expect(await asJson(plan)).toMatchFileSnapshot(file("plan.json"));
    for (const script of scriptsOf(plan, hash)) {
      await expect(script.text).toMatchFileSnapshot(file(script.fileName));
    }
    const report = buildReport(foldEvents(finishedRun(plan, findings)));
    if (report === undefined) throw new Error("A run that has begun has a report.");
    await expect(reportToMarkdown(report)).toMatchFileSnapshot(file("report.md"));
  });

  test("names each step once in every script: over the files of one server, and in each of the whole plan", async () => {
    const { plan } = await planOf(name);
    const tsql = toTsqlScripts(plan, "test");
    const steps = tsql.filter(({ fileName }) => !/close|reopen/u.test(fileName));
    const ofServer = (side: "box" | "instance") =>
      steps.flatMap((script) => (script.side === side ? [script.text] : [])).join("\n");
    const whole = scriptsOf(plan, "test").filter(({ fileName }) => fileName.startsWith("failover"));
    // A plan that moves nothing has no file for a server that has nothing to do; of a forced failover the side that is given up.
    const sides = (["box", "instance"] as const).filter((side) =>
      steps.some((script) => script.side === side),
    );
    if (plan.move !== "none") {
      expect(sides).toEqual(plan.kind === "forcedFailover" ? [plan.to] : ["box", "instance"]);
    }
    for (const text of [...sides.map(ofServer), ...whole.map((one) => one.text)]) {
      for (const { id, title } of plan.steps) {
        expect(text.match(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, "gu")), id).toHaveLength(1);
        expect(text.includes(visibleText(title).slice(0, 20)), title).toBe(true);
      }
    }
  });

  test("keeps these files and no other, none that says next to nothing", async () => {
    const { plan } = await planOf(name);
    const scripts = scriptsOf(plan, "test").map(({ fileName }) => fileName);
    const kept = readdirSync(file("."));
    expect(kept.sort()).toEqual(["plan.json", "report.md", "scenario.ts", ...scripts].sort());
    for (const one of kept) expect(statSync(file(one)).size, one).toBeGreaterThanOrEqual(200);
  });

  test("gives a plan that reads back the same from JSON", async () => {
    const { plan } = await planOf(name);
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });
});

test("WITH REPLACE stands in no file of any scenario", async () => {
  for (const name of names) {
    const { plan } = await planOf(name);
    const texts = [JSON.stringify(plan), ...scriptsOf(plan, "test").map(({ text }) => text)];
    for (const text of texts) expect(text, name).not.toMatch(/\bREPLACE\b(?!\()/u);
  }
});

test("no two scenarios give the same plan", async () => {
  const texts = await Promise.all(
    names.map(async (name) => fingerprintText((await planOf(name)).plan)),
  );
  expect(new Set(texts).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(15);
});

async function planOf(name: string) {
  const module: unknown = await import(`./${name}/scenario.ts`);
  // Every folder's scenario.ts exports one Scenario; the compiler checks it there.
  const { scenario } = module as {
    readonly scenario: Scenario | ForcedScenario | MadeScenario;
  };
  if ("made" in scenario) return scenario.made();
  if ("secondary" in scenario) return forcedPlanOf(scenario);
  const estate = linkedEstate(scenario.shape);
  const [link] = findLinks(estate).links;
  if (link === undefined) throw new Error("The estate has one link.");
  const { choices, environment } = scenario;
  const findings = checkAll({ estate, link, choices });
  const answer = buildPlan({ estate, link, choices, environment, findings });
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings, null, 2));
  return { plan: answer.plan, findings };
}

async function asJson(value: unknown): Promise<string> {
  return await format(JSON.stringify(value), { parser: "json", printWidth: 100 });
}
