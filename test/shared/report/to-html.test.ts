// The report as HTML: it loads and runs nothing, and no name can change that.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { buildReport } from "../../../shared/report/build.ts";
import { reportToHtml } from "../../../shared/report/to-html.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import { oneOfEach, plan } from "../run/events.ts";

const hostile = [
  "<script>alert(1)</script>",
  `"onmouseover="x`,
  "'><img src=x onerror=y>",
  "</style><style>*{display:none}",
  "</title></head><body>",
  "<!--",
  "]]>",
  "&lt;b&gt;",
  "$(x) `y` 🏦 ]",
  "a\nb\u202Ec\u0000",
  "javascript:alert(1)",
  "n".repeat(128),
];

function htmlOf(bodies: readonly RunEventBody[]): string {
  const report = buildReport(foldEvents(numbered(bodies)));
  if (report === undefined) throw new Error("The run has begun.");
  return reportToHtml(report);
}

/** The tags of the file, in order, without what stands between them. */
function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (entity) => {
    const marks: Record<string, string> = {
      "&amp;": "&",
      "&lt;": "<",
      "&gt;": ">",
      "&quot;": '"',
      "&#39;": "'",
    };
    return marks[entity] ?? entity;
  });
}

/** A run whose every text that can come from a server or a person is `name`. */
function runOf(name: string): readonly RunEventBody[] {
  const named = {
    ...plan,
    summary: name,
    link: { ...plan.link, name, databases: [name] },
    box: { ...plan.box, serverName: name, address: name, edition: name },
    steps: plan.steps.map((step) => ({
      ...step,
      title: name,
      ...(step.statement === undefined ? {} : { statement: name }),
    })),
  };
  const problem = { code: "x", class: "fatal", summary: name, detail: name, remedy: name } as const;
  return finishedRun(named, []).map((event): RunEventBody => {
    switch (event.kind) {
      case "runStarted":
        return {
          ...event,
          operator: name,
          toolHost: name,
          logins: { box: name, instance: name },
          findings: [
            {
              check: name,
              level: "warning",
              blocks: false,
              where: "box",
              server: name,
              summary: name,
              remedy: name,
            },
          ],
        };
      case "stepEnded":
        return { ...event, summary: name, seen: [{ where: "both", what: `${name}.` }], problem };
      case "runEnded":
        return { ...event, summary: name };
      default:
        return event;
    }
  });
}

describe("reportToHtml", () => {
  test("has a policy of its own that lets nothing in but its one style", () => {
    const html = htmlOf(finishedRun(plan, []));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    const style = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
    expect(tagsOf(html).join(" ")).not.toMatch(
      /<(script|link|img|iframe|a)\b|\s(href|src|style|on\w+)=/i,
    );
  });

  test.each(hostile)("of a run whose names are %j has the same tags as any other", (name) => {
    expect(tagsOf(htmlOf(runOf(name)))).toEqual(tagsOf(htmlOf(runOf("Adatum"))));
  });

  test.each(hostile.slice(0, 9))("shows the name %j as it is", (name) => {
    expect(textOf(htmlOf(runOf(name)))).toContain(name);
  });

  test("shows unseen characters by their codes, and never as they are", () => {
    const html = htmlOf(runOf("a\nb\u202Ec\u0000"));
    expect(html).toContain("a\\u000ab\\u202ec\\u0000");
    expect(["\u0000", "\u202E"].filter((one) => html.includes(one))).toEqual([]);
  });

  test.each(["practice", "test", "production"] as const)(
    "says %s before all else",
    (environment) => {
      const html = htmlOf(finishedRun({ ...plan, environment }, []));
      const word = environment.toUpperCase();
      expect(html).toContain(`<title>${word}: planned failover of `);
      expect(html).toContain(`<p class="environment">${word}`);
    },
  );

  test("says the same as the Markdown: what was proved, what is left to do, and the statements", () => {
    const text = textOf(htmlOf(finishedRun(plan, [])));
    for (const part of [
      "Success.",
      `${plan.instance.serverName} says it is PRIMARY of ${plan.link.name}.`,
      `Repoint the applications to ${plan.instance.address}.`,
      plan.steps.find((step) => step.statement !== undefined)?.statement ?? "no statement",
    ]) {
      expect(text).toContain(part);
    }
    expect(textOf(htmlOf([oneOfEach.runStarted]))).toContain("Unknown.");
  });
});
