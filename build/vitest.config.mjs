// Unit and protocol tests: everything under test/ that ends in .test.ts or .test.mjs.
import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { findBrowser, noBrowser } from "./find-browser.mjs";
import { answers, electronBinary } from "./find-electron.mjs";
import { root } from "./root.mjs";
import { allowedSkip } from "./verdict.mjs";

const browser = findBrowser();
const electron = electronBinary();

export default defineConfig({
  root,
  // The package itself would start a download: a forgotten mock has to fail, and without the network.
  resolve: { alias: { electron: path.join(root, "test", "fakes", "electron-unmocked.ts") } },
  test: {
    include: ["test/**/*.test.{ts,mjs}"],
    environment: "node",
    // One more than there are cores: most tests wait for the practice world, and the default would leave a core free.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    provide: {
      browser: browser === undefined ? { missing: noBrowser } : { path: browser },
      electronBinary: electron !== undefined && answers(electron) ? electron : null,
      noElectron: allowedSkip,
    },
  },
});
