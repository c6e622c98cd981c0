// The evidence of one run as files: report, approved plan, scripts, journal, checks, what was read afterwards, and a manifest.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Report } from "../../shared/report/build.ts";
import { reportToHtml } from "../../shared/report/to-html.ts";
import { reportToMarkdown } from "../../shared/report/to-markdown.ts";
import { scriptsOf } from "../../shared/script/all.ts";
import { planHash } from "../run/plan-hash.ts";
import { toolVersion } from "../run/tool-version.ts";
import { runFolder } from "../store/run-folder.ts";
import type { FolderFile } from "../store/write-folder.ts";
import type { ReportsOptions } from "./reports.ts";
import { reportOf } from "./reports.ts";

export const manifestName = "manifest.json";

/** Throws AppError `noSuchRun` or `journalDamaged`, and what the file system says of the journal. `now`: ISO 8601 UTC. */
export function evidenceOf(
  runId: string,
  options: ReportsOptions,
  now: string,
): readonly FolderFile[] {
  const report = reportOf(runId, options);
  const { plan, findings, later = [] } = report;
  const files: readonly FolderFile[] = [
    text("report.md", reportToMarkdown(report)),
    text("report.html", reportToHtml(report)),
    json("plan.json", plan),
    json("checks.json", findings),
    ...(later.length === 0 ? [] : [json("read-afterwards.json", later)]),
    {
      path: "journal.jsonl",
      content: readFileSync(runFolder(options.dataFolder(), report.runId).journalFile),
    },
    ...scriptsOf(plan, report.planHash).map((script) =>
      text(`scripts/${script.fileName}`, script.text),
    ),
  ];
  return [...files, json(manifestName, manifestOf(report, files, now))];
}

function manifestOf(report: Report, files: readonly FolderFile[], now: string) {
  const { runId, environment, plan, outcome, started, ended } = report;
  return {
    product: "MI Link Failover",
    version: toolVersion,
    madeAt: now,
    environment,
    runId,
    link: plan.link.name,
    servers: { box: plan.box.serverName, instance: plan.instance.serverName },
    operator: report.operator,
    toolHost: report.toolHost,
    startedUtc: started.utc,
    endedUtc: ended?.utc ?? null,
    outcome,
    approvedPlanHash: report.planHash,
    /** The hash of plan.json as this version reckons it; another version may have approved it. */
    planHashNow: planHash(plan),
    files: files.map(({ path, content }) => ({
      path,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
    })),
  };
}

function json(path: string, value: unknown): FolderFile {
  return text(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function text(path: string, content: string): FolderFile {
  return { path, content: Buffer.from(content, "utf8") };
}
