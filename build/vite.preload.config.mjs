// Bundles Electron's preload script: CommonJS, as the sandbox wants it, beside the main bundle, which is built first.
import { defineConfig } from "vite";
import { root } from "./root.mjs";

export default defineConfig({
  root,
  build: {
    ssr: true,
    target: "chrome128",
    outDir: "out/electron",
    emptyOutDir: false,
    sourcemap: false,
    minify: false,
    rolldownOptions: {
      input: { preload: "electron/preload.ts" },
      external: ["electron"],
      output: { format: "cjs", entryFileNames: "[name].cjs" },
    },
  },
  ssr: { noExternal: true },
});
