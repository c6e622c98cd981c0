// How large the built bundles are, and how large a page of React alone would be.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { root } from "../root.mjs";
import { chunksOf, packagesIn } from "./chunks.mjs";

const sizeOf = (content) => ({ bytes: content.length, gzip: gzipSync(content).length });
const sum = (sizes) => ({
  bytes: sizes.reduce((all, { bytes }) => all + bytes, 0),
  gzip: sizes.reduce((all, { gzip }) => all + gzip, 0),
});

/** @returns {{bytes: number, gzip: number}} of these files of out/ together */
function builtSize(folder, names) {
  return sum(names.map((name) => sizeOf(readFileSync(path.join(root, "out", folder, name)))));
}

/** Everything the bench tells of what is built. */
export async function sizes() {
  const electron = path.join(root, "out", "electron");
  const chunks = chunksOf(electron, "main.js");
  const assets = (ending) =>
    readdirSync(path.join(root, "out", "renderer", "assets")).filter((name) =>
      name.endsWith(ending),
    );
  return {
    atOnce: builtSize("electron", chunks.atOnce),
    whenNeeded: builtSize("electron", chunks.whenNeeded),
    largestWhenNeeded: chunks.whenNeeded
      .map((name) => ({
        holds: packagesIn(electron, name).slice(0, 2).join(", "),
        ...builtSize("electron", [name]),
      }))
      .sort((one, other) => other.bytes - one.bytes),
    script: builtSize("renderer/assets", assets(".js")),
    style: builtSize("renderer/assets", assets(".css")),
    practice: builtSize("practice", readdirSync(path.join(root, "out", "practice"))),
    reactAlone: await reactAlone(),
  };
}

const entry = "react-alone";
const source = `
  import { createElement } from "react";
  import { createRoot } from "react-dom/client";
  createRoot(document.getElementById("root")).render(createElement("p", null, "Hello"));
`;

/** One paragraph, built as our page is. */
async function reactAlone() {
  const built = await build({
    configFile: path.join(root, "build", "vite.renderer.config.mjs"),
    logLevel: "warn",
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? path.join(root, "renderer", `${entry}.js`) : undefined),
        load: (id) => (path.basename(id) === `${entry}.js` ? source : undefined),
      },
    ],
    build: { write: false, rolldownOptions: { input: entry } },
  });
  return sum(built.output.map(({ code }) => sizeOf(Buffer.from(code))));
}
