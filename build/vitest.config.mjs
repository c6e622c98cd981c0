// Unit and protocol tests: everything under test/ that ends in .test.ts or .test.mjs.
import { defineConfig } from "vitest/config";
import { root } from "./root.mjs";

export default defineConfig({
  root,
  test: {
    include: ["test/**/*.test.{ts,mjs}"],
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
