// Installs the npm packages when the lock file, the platform or Node has changed since the last time. Only node: modules.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "./child.mjs";
import { root } from "./root.mjs";

const stampFile = path.join(root, "node_modules", ".stamp");
const leastNode = [20, 19];

/** Ends with one sentence when Node is older than the product needs. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  console.error(
    `Node ${leastNode.join(".")} or newer is needed, this is ${version}. Install it from nodejs.org and run the command again.`,
  );
  process.exit(1);
}

/** What the installed packages depend on: lock file, platform, architecture, Node's major version. */
export function stampOf(lockText, { platform, arch, nodeMajor }) {
  return createHash("sha256")
    .update(JSON.stringify([lockText, platform, arch, nodeMajor]))
    .digest("hex");
}

/** npm's own script, so that it runs with this Node: the running npm's, else the one beside Node. */
function npmScript() {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const found = candidates.find(
    (file) => file !== undefined && path.basename(file) === "npm-cli.js" && existsSync(file),
  );
  if (found === undefined) {
    throw new Error('npm was not found. Run this through "npm start" or "npm test".');
  }
  return found;
}

/** @returns {Promise<boolean>} whether something had to be installed */
export async function ensureInstalled() {
  const wanted = stampOf(readFileSync(path.join(root, "package-lock.json"), "utf8"), {
    platform: process.platform,
    arch: process.arch,
    nodeMajor: process.versions.node.split(".")[0],
  });
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return false;
  rmSync(stampFile, { force: true });
  const began = Date.now();
  console.error("Installing the packages of package-lock.json ...");
  const progress = setInterval(() => {
    console.error(`  still installing, ${Math.round((Date.now() - began) / 1000)} s`);
  }, 5000);
  try {
    const code = await run(
      process.execPath,
      [npmScript(), "ci", "--include=dev", "--no-audit", "--no-fund", "--engine-strict=false"],
      {
        cwd: root,
        env: { ...process.env, npm_config_loglevel: "error" },
        // Standard output belongs to what runs afterwards.
        stdio: ["ignore", 2, 2],
      },
    );
    if (code !== 0) {
      throw new Error(
        `npm ci ended with code ${code}. Its own words stand above; check the network or the proxy and run the command again.`,
      );
    }
  } finally {
    clearInterval(progress);
  }
  writeFileSync(stampFile, wanted);
  return true;
}
