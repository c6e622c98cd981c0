// `npm test`: installs what is missing, builds, checks types, lint and format, runs every test, and counts them all in its last line.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { command, run } from "./child.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";
import { root } from "./root.mjs";
import { ensureSystemPackages } from "./system-packages.mjs";
import { verdictOf } from "./verdict.mjs";

requireNode();
const withSystemPackages = !process.argv.includes("--no-system-packages");
process.env.LANG = "C.UTF-8";
process.env.LC_ALL = "C.UTF-8";

await command(async () => {
  await ensureInstalled();
  if (withSystemPackages) await ensureSystemPackages();
  await ensureBuilt();
  const counts = { passed: 0, failed: 0, skipped: [], windowSpecs: 0 };
  await runChecks(counts);
  await runTests(counts);
  const verdict = verdictOf(counts, { ci: Boolean(process.env.CI) });
  for (const line of verdict.lines) console.log(line);
  process.exitCode = verdict.exitCode;
});

function tool(...parts) {
  return path.join(root, "node_modules", ...parts);
}

/** Types, lint and format: each counts as one. Lint takes one core as long as the other two take the other. */
async function runChecks(counts) {
  const check = async (name, script, args) => {
    const code = await run(process.execPath, [script, ...args], { cwd: root });
    console.log(`${name}: ${code === 0 ? "passed" : "FAILED"}`);
    if (code === 0) counts.passed += 1;
    else counts.failed += 1;
  };
  const typesAndFormat = async () => {
    await check("types", tool("typescript", "bin", "tsc"), ["-b", "--pretty", "false"]);
    const prettier = tool("prettier", "bin", "prettier.cjs");
    await check("format", prettier, ["--check", "--log-level", "warn", "."]);
  };
  const eslint = tool("eslint", "bin", "eslint.js");
  await Promise.all([
    check("lint", eslint, ["-c", "build/eslint.config.mjs", "."]),
    typesAndFormat(),
  ]);
}

/** Unit and protocol tests; the reporter's file tells the counts and why a test was skipped. */
async function runTests(counts) {
  const scratch = mkdtempSync(path.join(tmpdir(), "mi-link-test-"));
  const countsFile = path.join(scratch, "counts.json");
  const reporters = ["--reporter=dot", "--reporter=./build/count-reporter.mjs"];
  const code = await run(
    process.execPath,
    [tool("vitest", "vitest.mjs"), "run", "--config", "build/vitest.config.mjs", ...reporters],
    { cwd: root, env: { ...process.env, MI_LINK_TEST_COUNTS: countsFile } },
  );
  if (existsSync(countsFile)) {
    const told = JSON.parse(readFileSync(countsFile, "utf8"));
    counts.passed += told.passed;
    counts.failed += told.failed;
    counts.skipped.push(...told.skipped);
    counts.windowSpecs += told.windowSpecs;
  }
  rmSync(scratch, { recursive: true, force: true });
  // A runner that ended badly without naming a failed test is a failure of its own.
  if (code !== 0 && counts.failed === 0) counts.failed += 1;
}
