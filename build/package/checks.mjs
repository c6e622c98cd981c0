// What must hold of a packaged program. Each check says what it found, and what is not as it should be.
import { isBuiltin } from "node:module";
import { reachedFrom } from "./loads.mjs";

const main = "out/electron/main.js";
const preload = "out/electron/preload.cjs";
const page = "out/renderer/index.html";
const practice = "out/practice/main.js";

/** Everything that may be in the archive. */
const belongs =
  /^(package\.json|out\/electron\/[^/]+\.js|out\/electron\/preload\.cjs|out\/renderer\/index\.html|out\/renderer\/assets\/[^/]+\.(js|css|svg|png|woff2?)|out\/practice\/(main\.js|sql-wasm\.wasm))$/;

/** Said here once more than in electron-builder.yml, so that a change there has to be made on purpose. */
const wishedFuses = {
  RunAsNode: "off",
  EnableCookieEncryption: "on",
  EnableNodeOptionsEnvironmentVariable: "off",
  EnableNodeCliInspectArguments: "off",
  EnableEmbeddedAsarIntegrityValidation: "on",
  OnlyLoadAppFromAsar: "on",
  LoadBrowserProcessSpecificV8Snapshot: "off",
  GrantFileProtocolExtraPrivileges: "off",
};

/** By what each looks at. A check answers `found`, one line, and its `complaints`. */
const checks = {
  "entry points": entryPoints,
  "files in the archive": onlyWhatBelongs,
  "what is loaded": loadsOnlyWhatIsThere,
  "beside the archive": nothingBeside,
  fuses,
  "program file": programFile,
};

/**
 * @param {import("./facts.mjs").Facts} facts
 * @returns {readonly {name: string, found: string, complaints: readonly string[]}[]}
 */
export function checked(facts) {
  return Object.entries(checks).map(([name, check]) => ({ name, ...check(facts) }));
}

/** Main, preload, page with what it refers to, and the practice estate. */
function entryPoints({ files, texts }) {
  const told = JSON.parse(texts.get("package.json") ?? "{}");
  const referred = [...(texts.get(page) ?? "").matchAll(/\b(?:src|href)="\.\/([^"]+)"/g)].map(
    ([, name]) => `out/renderer/${name}`,
  );
  const wanted = [main, preload, page, ...referred, practice, "out/practice/sql-wasm.wasm"];
  const complaints = wanted
    .filter((name) => !files.includes(name))
    .map((name) => `${name} is missing`);
  if (told.main !== main) complaints.push(`package.json starts ${told.main}, not ${main}`);
  if (told.type !== "module") complaints.push('package.json does not say "type": "module"');
  if (!referred.some((name) => name.endsWith(".js"))) complaints.push(`${page} loads no script`);
  return { found: wanted.join(", "), complaints };
}

/** No source, no test, no package of node_modules, no source map; each file with its hash. */
function onlyWhatBelongs({ files, unsealed, texts }) {
  const complaints = files
    .filter((name) => !belongs.test(name))
    .map((name) => `${name} does not belong in it`);
  complaints.push(...unsealed.map((name) => `${name} has no hash`));
  for (const [name, text] of texts) {
    if (/[#@]\s*sourceMappingURL=/.test(text)) complaints.push(`${name} carries a source map`);
  }
  return { found: `${files.length}`, complaints };
}

/** Bundles are complete: Electron and Node itself are all they need, and none is there that nothing loads. */
function loadsOnlyWhatIsThere({ files, texts }) {
  const reached = [main, preload, practice].map((entry) => reachedFrom(entry, texts));
  const complaints = reached.flatMap(({ missing }) =>
    missing.map((name) => `${name} is loaded and missing`),
  );
  for (const { packages } of reached) {
    for (const [name, file] of packages) {
      const isElectron = name === "electron" && file !== practice;
      if (!isElectron && !isBuiltin(name)) complaints.push(`${file} loads ${name}`);
    }
  }
  const loaded = new Set(reached.flatMap((from) => [...from.files]));
  for (const name of files) {
    if (name.startsWith("out/electron/") && !loaded.has(name)) {
      complaints.push(`${name} is not loaded by ${main}: leave it out in electron-builder.yml`);
    }
  }
  return { found: `${loaded.size} bundles`, complaints };
}

/** Electron would load these instead of the archive, or without looking at its hash. */
function nothingBeside({ resources }) {
  const complaints = resources
    .filter((name) => ["app", "default_app.asar", "app.asar.unpacked"].includes(name))
    .map((name) => `resources/${name} is there`);
  return { found: resources.join(", "), complaints };
}

function fuses({ fuses: found }) {
  const complaints = Object.entries(wishedFuses)
    .filter(([name, wished]) => found[name] !== wished)
    .map(([name, wished]) => `${name} is ${found[name] ?? "not there"}, not ${wished}`);
  const told = Object.entries(found).map(([name, state]) => `${name} ${state}`);
  return { found: told.join(", "), complaints };
}

/** On Windows the file carries name, version, icon and the archive's hash; elsewhere there is nothing to carry them. */
function programFile({ windows, headerHash, texts }) {
  if (windows === undefined)
    return { found: "carries no resources on this platform", complaints: [] };
  const { strings, hasOwnIcon, integrity } = windows;
  const { version } = JSON.parse(texts.get("package.json") ?? "{}");
  const expectations = [
    [strings.ProductName === "MI Link Failover", `ProductName is ${strings.ProductName}`],
    [strings.FileVersion === version, `FileVersion is ${strings.FileVersion}, not ${version}`],
    [hasOwnIcon, "its icon is not build/icons/icon.ico"],
    [
      integrity["resources\\app.asar"] === headerHash,
      "the hash it holds is not that of resources/app.asar",
    ],
  ];
  return {
    found: `${strings.ProductName} ${strings.FileVersion}`,
    complaints: expectations.filter(([holds]) => !holds).map(([, complaint]) => complaint),
  };
}
