// How long the page's own code takes from an answer of both servers to the first rows of the tree: drawing is not in it.
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { root } from "../root.mjs";
import { median } from "./figures.mjs";
import { serversRead } from "./many-databases.mjs";

const entry = "tree-alone";
const source = `
  export { feedAfter, noEstate } from "./explorer/estate-feed.ts";
  export { treeOfFeed } from "./explorer/feed-tree.ts";
  export { rowsOf } from "./explorer/rows.ts";
  export { rowsInView } from "./explorer/rows-in-view.ts";
`;

/** @returns {Promise<{manyMs: number, fewMs: number}>} medians for 5,000 databases and 500 links on either side, and for a tenth */
export async function treeTimes(runs = 5) {
  const code = await pageCode();
  const timed = (databases, links) => {
    const times = Array.from({ length: runs }, () => {
      const answer = { ok: true, value: serversRead(databases, links) };
      const began = performance.now();
      firstRows(code, answer);
      return performance.now() - began;
    });
    return median(times);
  };
  timed(500, 50);
  return { manyMs: timed(5000, 500), fewMs: timed(500, 50) };
}

function firstRows({ feedAfter, noEstate, treeOfFeed, rowsOf, rowsInView }, answer) {
  const connected = answer.value.servers.map(({ connectionId }) => connectionId);
  const rows = rowsOf(treeOfFeed(feedAfter(noEstate, answer), connected), new Set());
  return rowsInView(rows.length, { top: 0, height: 700 }, 0).map((index) => rows[index]);
}

/** The page's sources as they are built, without anything that draws. */
async function pageCode() {
  const folder = await mkdtemp(path.join(tmpdir(), "mi-link-bench-"));
  try {
    await build({
      configFile: false,
      root,
      logLevel: "warn",
      plugins: [
        {
          name: entry,
          resolveId: (id) =>
            id === entry ? path.join(root, "renderer", `${entry}.js`) : undefined,
          load: (id) => (path.basename(id) === `${entry}.js` ? source : undefined),
        },
      ],
      build: { ssr: true, outDir: folder, rolldownOptions: { input: entry } },
      ssr: { noExternal: true },
    });
    return await import(pathToFileURL(path.join(folder, `${entry}.js`)).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
