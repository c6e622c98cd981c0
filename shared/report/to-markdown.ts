// A report as Markdown, for the change record: plain headings, lists and tables, no marks from names.
import type { ReportBlock, ReportItem, ReportLine, ReportSection } from "./blocks.ts";
import type { Report } from "./build.ts";
import type { ReportDocument } from "./document.ts";
import { reportDocument } from "./document.ts";
import { markdownCode, markdownText as md } from "./markdown-text.ts";

/** The whole report, ending with a line break. */
export function reportToMarkdown(report: Report): string {
  return documentToMarkdown(reportDocument(report));
}

export function documentToMarkdown({ title, summary, sections }: ReportDocument): string {
  const parts = [`# ${md(title)}`, md(summary), ...sections.map(sectionText)];
  return `${parts.join("\n\n")}\n`;
}

function sectionText({ title, blocks }: ReportSection): string {
  return [`## ${title}`, ...blocks.map(blockText)].join("\n\n");
}

function blockText(block: ReportBlock): string {
  switch (block.kind) {
    case "text":
      return lineText(block.line);
    case "list":
      return block.items.flatMap(itemLines).join("\n");
    case "table":
      return [
        row(block.titles),
        row(block.titles.map(() => "---")),
        ...block.rows.map((cells) => row(cells.map(lineText))),
      ].join("\n");
    case "code":
      return markdownCode(block.text, block.language);
  }
}

function lineText({ number, strong, text }: ReportLine): string {
  const marks = [
    ...(number === undefined ? [] : [`${number}.`]),
    ...(strong === undefined ? [] : [`**${md(strong)}**`]),
  ];
  return [...marks, md(text)].join(" ");
}

function itemLines({ text, below = [] }: ReportItem): readonly string[] {
  return [`- ${md(text)}`, ...below.map((one) => `  - ${md(one)}`)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
