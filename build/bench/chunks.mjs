// Which built files an entry loads at once, and which only when they are needed.
import { readFileSync } from "node:fs";
import path from "node:path";

const atOnce = /(?:^|;)\s*(?:import|export)\b[^"'();]*["']\.\/([\w.-]+)["']/gm;
const whenNeeded = /\bimport\(\s*["']\.\/([\w.-]+)["']\s*\)/g;

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

function reached(from, next) {
  const found = new Set(from);
  // A set hands out what is added while it is walked through.
  for (const name of found) for (const other of next(name)) found.add(other);
  return [...found];
}
