// Bundles the window's page: one script and one style sheet beside index.html, nothing inline, so that the strict CSP holds.
import react from "@vitejs/plugin-react";
import path from "node:path";
import { defineConfig } from "vite";
import { root } from "./root.mjs";

export default defineConfig({
  root: path.join(root, "renderer"),
  // Relative addresses: each host serves the page from an origin of its own.
  base: "./",
  plugins: [react()],
  build: {
    target: "chrome128",
    outDir: path.join(root, "out", "renderer"),
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    // One page from disk: a bundle of this size is not slow.
    chunkSizeWarningLimit: 2000,
  },
});
