// The pieces that a report is made of: headings, sentences, lists, tables and code, all plain text.
import type { Moment } from "./moment.ts";

export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

export type ReportBlock =
  | { readonly kind: "text"; readonly line: ReportLine }
  | { readonly kind: "list"; readonly items: readonly ReportItem[] }
  | {
      readonly kind: "table";
      readonly titles: readonly string[];
      readonly rows: readonly (readonly ReportLine[])[];
    }
  | { readonly kind: "code"; readonly language: "sql" | "http" | "text"; readonly text: string };

/** `number` stands before the text and is followed by a point; `strong` stands out before it. */
export interface ReportLine {
  readonly number?: number;
  readonly strong?: string;
  readonly text: string;
}

export interface ReportItem {
  readonly text: string;
  readonly below?: readonly string[];
}

export function time(moment: Moment): string {
  return [moment.utc, ...moment.local].join(", ");
}

export function text(sentence: string): ReportBlock {
  return { kind: "text", line: { text: sentence } };
}

export function list(sentences: readonly string[]): ReportBlock {
  return { kind: "list", items: sentences.map((one) => ({ text: one })) };
}

export function listOr(sentences: readonly string[], none: string): readonly ReportBlock[] {
  return [sentences.length === 0 ? text(none) : list(sentences)];
}

export function titledList(title: string, sentences: readonly string[]): readonly ReportBlock[] {
  return sentences.length === 0 ? [] : [text(title), list(sentences)];
}

export function table(
  titles: readonly string[],
  rows: readonly (readonly (string | ReportLine)[])[],
): ReportBlock {
  const line = (cell: string | ReportLine) => (typeof cell === "string" ? { text: cell } : cell);
  return { kind: "table", titles, rows: rows.map((row) => row.map(line)) };
}
