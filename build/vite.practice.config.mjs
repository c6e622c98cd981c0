// Bundles the practice estate: its own process, sharing no code with the product, with SQLite's WebAssembly beside it.
import { copyFileSync } from "node:fs";
import { createRequire, builtinModules } from "node:module";
import path from "node:path";
import { defineConfig } from "vite";
import { root } from "./root.mjs";

const wasm = createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm");

export default defineConfig({
  root,
  plugins: [
    {
      name: "sqlite-beside-the-bundle",
      writeBundle: () => copyFileSync(wasm, path.join(root, "out", "practice", "sql-wasm.wasm")),
    },
  ],
  build: {
    ssr: true,
    target: "node20",
    outDir: "out/practice",
    emptyOutDir: true,
    sourcemap: false,
    minify: false,
    rolldownOptions: {
      input: { main: "practice/main.ts" },
      external: [/^node:/, ...builtinModules],
      output: { format: "es", entryFileNames: "[name].js" },
    },
  },
  ssr: { noExternal: true },
  // sql.js is CommonJS and asks for these in Node; the bundle is an ES module.
  define: { __dirname: "import.meta.dirname", __filename: "import.meta.filename" },
});
