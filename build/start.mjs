// `npm start`: installs and builds what is needed, then takes a practice database through a planned failover, end to end.
import { ensureBuilt } from "./build.mjs";
import { command } from "./child.mjs";
import { guide } from "./guide.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";

requireNode();
const seconds = (fromMs) => `${((Date.now() - fromMs) / 1000).toFixed(1)} s`;

/** Runs one part, and says how long it took. */
async function timed(name, part) {
  const began = Date.now();
  const answer = await part();
  console.error(`${name}: ${answer === false ? "up to date" : seconds(began)}`);
  return answer;
}

await command(async () => {
  await timed("Install", ensureInstalled);
  await timed("Build", ensureBuilt);
  const began = Date.now();
  process.exitCode = await guide();
  console.error(`Run: ${seconds(began)}`);
});
