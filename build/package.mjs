// `npm run package`: packages the product and looks at what came out. Without --release around stand-ins for Electron, so that it works everywhere.
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { command, isEnding } from "./child.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";
import { platforms } from "./package/platforms.mjs";
import { root } from "./root.mjs";

requireNode();

/** Prints what was found. @returns {Promise<number>} how many things are not as they should be */
async function look(output, platform) {
  // Installed only now.
  const { factsOf } = await import("./package/facts.mjs");
  const { checked } = await import("./package/checks.mjs");
  let count = 0;
  console.log(`\n${platform}`);
  for (const { name, found, complaints } of checked(await factsOf(output, platform))) {
    console.log(`  ${complaints.length === 0 ? "ok    " : "FAILED"} ${name}: ${found}`);
    for (const complaint of complaints) console.log(`           ${complaint}`);
    count += complaints.length;
  }
  return count;
}

async function standIns({ packageStandIn }) {
  const output = path.join(root, "out", "stand-in-never-publish");
  let wrong = 0;
  for (const platform of platforms) {
    await packageStandIn(platform, output);
    wrong += await look(output, platform);
  }
  return { wrong, said: `Packaged around stand-ins for Electron, to be looked at only: ${output}` };
}

async function release({ packageRelease }) {
  const { platform } = process;
  if (!platforms.includes(platform)) {
    throw new Error("The program is packaged on Windows for Windows, and on Linux for Linux.");
  }
  const output = path.join(root, "out", "release");
  const files = await packageRelease(platform, output);
  return { wrong: await look(output, platform), said: `Made:\n${files.join("\n")}` };
}

await command(async () => {
  const { values } = parseArgs({ options: { release: { type: "boolean", default: false } } });
  await ensureInstalled();
  await ensureBuilt();
  const builder = await import("./package/builder.mjs");
  const { wrong, said } = await (values.release ? release(builder) : standIns(builder));
  if (wrong > 0) throw new Error(`\n${wrong} things are not as they should be. Publish nothing.`);
  console.log(`\n${said}`);
});

// Once it has fetched something, electron-builder ends an idle process with 0, whatever exit code was set.
if (!isEnding()) process.exit(process.exitCode);
