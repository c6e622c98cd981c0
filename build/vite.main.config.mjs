// Bundles what runs in Node on the operator's machine: the command line. Everything but Electron and Node itself goes in.
import { builtinModules } from "node:module";
import { defineConfig } from "vite";
import { root } from "./root.mjs";

export default defineConfig({
  root,
  build: {
    ssr: true,
    target: "node20",
    outDir: "out/electron",
    emptyOutDir: true,
    sourcemap: false,
    minify: false,
    rolldownOptions: {
      input: { cli: "electron/cli.ts" },
      external: ["electron", /^node:/, ...builtinModules],
      output: { format: "es", entryFileNames: "[name].js" },
    },
  },
  ssr: { noExternal: true },
});
