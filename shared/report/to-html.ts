// A report as one HTML file that loads nothing and runs nothing: its own policy says so to every browser that opens it.
import type { Environment } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import type { ReportBlock, ReportItem, ReportLine, ReportSection } from "./blocks.ts";
import type { Report } from "./build.ts";
import { reportDocument } from "./document.ts";

/** Print and screen alike; `color-scheme` lets a dark browser show it dark. */
const style = `
:root { color-scheme: light dark; }
body { font: 14px/1.45 "Segoe UI", "Open Sans", system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #8888; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
pre { border: 1px solid #8888; padding: 0.5rem; white-space: pre-wrap; font-family: "Cascadia Mono", Consolas, "Liberation Mono", monospace; font-size: 12px; }
.environment { border: 2px solid; padding: 0.25rem 0.75rem; font-weight: 600; }
`;

/** SHA-256 of `style`, base64: nothing else styles the page, whatever a name holds. */
const styleHash = "sha256-3L1XkvXG3Y78dqI0RFDEQoWwRBWKaMaulgld2ZPabNo=";

const policy = `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;

const environmentWords: Readonly<Record<Environment, string>> = {
  practice: "PRACTICE: this run was made on the practice estate. No real server was touched.",
  test: "TEST",
  production: "PRODUCTION",
};

/** The whole file, UTF-8. Every text of the report is escaped; unseen characters are shown by their codes. */
export function reportToHtml(report: Report): string {
  const { title, summary, sections } = reportDocument(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<p class="environment">${html(environmentWords[report.environment])}</p>
<h1>${html(title)}</h1>
<p>${html(summary)}</p>
${sections.map(sectionHtml).join("\n")}
</body>
</html>
`;
}

function sectionHtml({ title, blocks }: ReportSection): string {
  return `<section>\n<h2>${html(title)}</h2>\n${blocks.map(blockHtml).join("\n")}\n</section>`;
}

function blockHtml(block: ReportBlock): string {
  switch (block.kind) {
    case "text":
      return `<p>${lineHtml(block.line)}</p>`;
    case "list":
      return listHtml(block.items);
    case "table":
      return [
        "<table>",
        `<thead><tr>${block.titles.map((one) => `<th scope="col">${html(one)}</th>`).join("")}</tr></thead>`,
        "<tbody>",
        ...block.rows.map(
          (cells) => `<tr>${cells.map((one) => `<td>${lineHtml(one)}</td>`).join("")}</tr>`,
        ),
        "</tbody>",
        "</table>",
      ].join("\n");
    case "code":
      return `<pre><code>${block.text.split("\n").map(html).join("\n")}</code></pre>`;
  }
}

function lineHtml({ number, strong, text }: ReportLine): string {
  const marks = [
    ...(number === undefined ? [] : [`${number}.`]),
    ...(strong === undefined ? [] : [`<strong>${html(strong)}</strong>`]),
  ];
  return [...marks, html(text)].join(" ");
}

function listHtml(items: readonly ReportItem[]): string {
  const item = ({ text, below = [] }: ReportItem): string =>
    `<li>${html(text)}${below.length === 0 ? "" : listHtml(below.map((one) => ({ text: one })))}</li>`;
  return `<ul>${items.map(item).join("")}</ul>`;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and for quoted attributes. */
function html(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/gu, (mark) => escapes[mark] ?? mark);
}
