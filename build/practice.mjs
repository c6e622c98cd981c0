// `npm run practice`: starts the practice estate alone; standard output carries its one JSON line and nothing else.
import { start, isEnding } from "./child.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";
import { practiceScript } from "./practice-control.mjs";

requireNode();
await ensureInstalled();
await ensureBuilt();
const child = start(process.execPath, [practiceScript, ...process.argv.slice(2)]);
child.once("close", (code) => {
  if (!isEnding()) process.exit(code ?? 1);
});
