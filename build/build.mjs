// Builds what runs (command line, window, page, practice estate) into out/ when a source is newer than the last build. Only node: modules.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { command, run } from "./child.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";
import { root } from "./root.mjs";

const sources = ["shared", "electron", "renderer", "practice", "build", "package-lock.json"];
// The main bundle empties the folder that the preload script goes into.
const configurations = ["main", "preload", "renderer", "practice"].map(
  (name) => `build/vite.${name}.config.mjs`,
);
const stampFile = path.join(root, "out", ".built");

function* filesBelow(place) {
  const full = path.join(root, place);
  if (!statSync(full).isDirectory()) {
    yield place;
    return;
  }
  for (const name of readdirSync(full).sort()) yield* filesBelow(path.join(place, name));
}

/** Changes when a source file comes, goes or is written. */
function sourcesStamp() {
  const hash = createHash("sha256").update(process.versions.node);
  for (const source of sources) {
    for (const file of filesBelow(source)) {
      const { mtimeMs, size } = statSync(path.join(root, file));
      hash.update(`${file}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest("hex");
}

/** @returns {Promise<boolean>} whether something had to be built */
export async function ensureBuilt() {
  const wanted = sourcesStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return false;
  rmSync(stampFile, { force: true });
  console.error("Building ...");
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  for (const configuration of configurations) {
    const code = await run(
      process.execPath,
      [vite, "build", "--config", configuration, "--logLevel", "warn"],
      { cwd: root, stdio: ["ignore", 2, 2] },
    );
    if (code !== 0)
      throw new Error(`The build of ${configuration} failed; its own words stand above.`);
  }
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  requireNode();
  await command(async () => {
    await ensureInstalled();
    console.log(
      (await ensureBuilt()) ? "Built into out/." : "Nothing to build: out/ is up to date.",
    );
  });
}
