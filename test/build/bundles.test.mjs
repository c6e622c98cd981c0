// What the built entries of the window load before their page is painted, read from the bundles themselves.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { chunksOf } from "../../build/bench/chunks.mjs";
import { root } from "../../build/root.mjs";

const folder = path.join(root, "out", "electron");

/** The packages whose sources the bundler has put into these files: it names each source in a comment. */
function packagesIn(names) {
  const sources = names.flatMap((name) =>
    readFileSync(path.join(folder, name), "utf8").matchAll(
      /^\s*\/\/ .*\bnode_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm,
    ),
  );
  return new Set(sources.flatMap((found) => [...found].map(([, name]) => name)));
}

test.each(["window-main.js", "main.js"])(
  "%s has neither SQL Server's driver nor Azure's libraries in what it loads at once, and both in what comes later",
  (entry) => {
    const { atOnce, whenNeeded } = chunksOf(folder, entry);
    const first = packagesIn(atOnce);
    const later = packagesIn(whenNeeded);
    const slow = ["mssql", "tedious", "@azure/msal-node", "@azure/arm-sql"];
    expect(first).toContain("zod");
    expect([...first].filter((name) => slow.includes(name) || name.startsWith("@azure/"))).toEqual(
      [],
    );
    expect(slow.filter((name) => !later.has(name))).toEqual([]);
  },
);
