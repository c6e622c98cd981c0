// What a bundle loads, and what it reaches from there.
import path from "node:path";

/**
 * As the bundler writes them: static imports at the beginning of a line, dynamic ones and `require` with a literal, the
 * names of packages and files in double quotes.
 */
const loading =
  /^(?:import|export)\b[^"';]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\b(?:import|require|__require)\(\s*"([^"]+)"\s*\)/gm;

/** @returns {readonly string[]} the names that a bundle's text loads */
export function loadsOf(text) {
  return [...text.matchAll(loading)].map(([, from, bare, called]) => from ?? bare ?? called);
}

/**
 * @param {string} entry a file's name in the package
 * @param {ReadonlyMap<string, string>} texts the package's scripts by name
 * @returns {{files: ReadonlySet<string>, packages: ReadonlyMap<string, string>, missing: readonly string[]}}
 *   everything that is loaded from `entry`; packages and Node's modules with the file that names them
 */
export function reachedFrom(entry, texts) {
  const files = new Set();
  const packages = new Map();
  const missing = [];
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = texts.get(file);
    if (text === undefined) {
      missing.push(file);
      continue;
    }
    for (const name of loadsOf(text)) {
      if (name.startsWith(".")) waiting.push(path.posix.join(path.posix.dirname(file), name));
      else packages.set(name, file);
    }
  }
  return { files, packages, missing };
}
