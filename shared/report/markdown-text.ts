// Puts texts of any origin into Markdown so that they show as they are and mark up nothing.
import { visibleText } from "../visible-text.ts";

/** What can open emphasis, code, a link, an image, a table cell, a mention, a formula or a heading (CommonMark, GitHub). */
const marks = /[\\`*_[\]|~$#@]/gu;
/** What is a list, a rule or a heading only at the beginning. */
const bulletStart = /^(\s*)([-+=])/u;
const numberStart = /^(\s*\d+)([.)])(?=\s|$)/u;
/** What GitHub makes a link of by itself. */
const selfMadeLink = /(:)(?=\/\/)|(\.)(?<=www\.)/giu;

/** One line of plain text, safe at the beginning of a line, in a list and in a table cell. */
export function markdownText(text: string): string {
  return visibleText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(marks, "\\$&")
    .replaceAll(selfMadeLink, "\\$&")
    .replace(bulletStart, "$1\\$2")
    .replace(numberStart, "$1\\$2");
}

/** Code as a block of its own, named by its language, in a fence that no run of backticks inside can close. */
export function markdownCode(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const lines = code.split("\n").map(visibleText);
  return [`${fence}${language}`, ...lines, fence].join("\n");
}
