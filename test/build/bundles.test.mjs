// What the built entries of the window load before their page is painted, read from the bundles themselves.
import path from "node:path";
import { expect, test } from "vitest";
import { chunksOf, packagesIn } from "../../build/bench/chunks.mjs";
import { root } from "../../build/root.mjs";

const folder = path.join(root, "out", "electron");

const packagesOf = (names) => new Set(names.flatMap((name) => packagesIn(folder, name)));

test.each(["window-main.js", "main.js"])(
  "%s has neither SQL Server's driver nor Azure's libraries in what it loads at once, and both in what comes later",
  (entry) => {
    const { atOnce, whenNeeded } = chunksOf(folder, entry);
    const first = packagesOf(atOnce);
    const later = packagesOf(whenNeeded);
    const slow = ["mssql", "tedious", "@azure/msal-node", "@azure/arm-sql"];
    expect(first).toContain("zod");
    expect([...first].filter((name) => slow.includes(name) || name.startsWith("@azure/"))).toEqual(
      [],
    );
    expect(slow.filter((name) => !later.has(name))).toEqual([]);
  },
);
