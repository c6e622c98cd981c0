// Which built files an entry loads at once, and which only when they are needed.
import { readFileSync } from "node:fs";
import path from "node:path";

const atOnce = /(?:^|;)\s*(?:import|export)\b[^"'();]*["']\.\/([\w.-]+)["']/gm;
const whenNeeded = /\bimport\(\s*["']\.\/([\w.-]+)["']\s*\)/g;
const sourceComment = /^\s*\/\/ .*\bnode_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm;

/**
 * @param {string} folder where the bundles lie
 * @param {string} entry the name of one
 * @returns {{atOnce: string[], whenNeeded: string[]}} names of files in `folder`; `atOnce` begins with the entry
 */
export function chunksOf(folder, entry) {
  const read = (name) => readFileSync(path.join(folder, name), "utf8");
  const named = (names, pattern) =>
    names.flatMap((name) => [...read(name).matchAll(pattern)].map(([, other]) => other));
  const first = reached([entry], (name) => named([name], atOnce));
  const all = reached([entry], (name) => [...named([name], atOnce), ...named([name], whenNeeded)]);
  return { atOnce: first, whenNeeded: all.filter((name) => !first.includes(name)) };
}

/** The packages whose sources the bundler has put into a file, which it names in comments; the one with most of them first. */
export function packagesIn(folder, name) {
  const counts = new Map();
  const text = readFileSync(path.join(folder, name), "utf8");
  for (const [, found] of text.matchAll(sourceComment)) {
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one));
}

function reached(from, next) {
  const found = new Set(from);
  // A set hands out what is added while it is walked through.
  for (const name of found) for (const other of next(name)) found.add(other);
  return [...found];
}
