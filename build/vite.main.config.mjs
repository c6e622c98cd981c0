// Bundles what runs in Node on the operator's machine: command line, both hosts' entries. Everything but Electron, the browser driver and Node itself goes in.
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
      input: {
        cli: "electron/cli.ts",
        main: "electron/main.ts",
        "window-main": "electron/window-main.ts",
      },
      external: ["electron", "playwright-core", /^node:/, ...builtinModules],
      // Beside each other: what a bundle looks for, it looks for beside itself.
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  ssr: { noExternal: true },
});
