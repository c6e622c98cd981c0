// Reads what a packaged program consists of: its archive, its fuses and, on Windows, the resources of its file.
import asar from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { Data, NtExecutable, NtExecutableResource, Resource } from "resedit";
import { root } from "../root.mjs";
import { programFile, unpackedFolder } from "./platforms.mjs";

const fuseStates = { 0x30: "off", 0x31: "on", 0x72: "removed" };
const productIcon = path.join(root, "build", "icons", "icon.ico");

/** @typedef {Awaited<ReturnType<typeof factsOf>>} Facts */

/**
 * @param {string} output the folder that was packaged into
 * @param {"linux" | "win32"} platform
 */
export async function factsOf(output, platform) {
  const resources = path.join(unpackedFolder(output, platform), "resources");
  const program = programFile(output, platform);
  return {
    platform,
    /** What lies beside the archive. */
    resources: readdirSync(resources),
    ...archiveFacts(path.join(resources, "app.asar")),
    fuses: await fuseFacts(program),
    windows: platform === "win32" ? windowsFacts(program) : undefined,
  };
}

function archiveFacts(archive) {
  // Kept by the library by name: the file may be a new one.
  asar.uncache(archive);
  const files = asar
    .listPackage(archive)
    .map((name) => name.slice(1))
    .filter((name) => !("files" in asar.statFile(archive, name)));
  const read = (name) => asar.extractFile(archive, name).toString("utf8");
  return {
    /** Names in the archive, with slashes. */
    files: files.map(withSlashes),
    /** Those without a hash of their own, which Electron would not run. */
    unsealed: files
      .filter((name) => !("integrity" in asar.statFile(archive, name)))
      .map(withSlashes),
    /** By name, of every file that is text. */
    texts: new Map(
      files
        .filter((name) => /\.(js|cjs|html|css|json)$/.test(name))
        .map((name) => [withSlashes(name), read(name)]),
    ),
    /** What Electron compares before it runs a file of the archive. */
    headerHash: createHash("sha256").update(asar.getRawHeader(archive).headerString).digest("hex"),
  };
}

function withSlashes(name) {
  return name.replaceAll(path.sep, "/");
}

/** @returns {Promise<Record<string, string>>} each fuse by Electron's name: on, off or removed */
async function fuseFacts(program) {
  // Beside the version, states by their place.
  const wire = Object.entries(await getCurrentFuseWire(program)).filter(
    ([key]) => key !== "version",
  );
  return Object.fromEntries(
    wire.map(([place, state]) => [
      FuseV1Options[place] ?? `fuse ${place}`,
      fuseStates[state] ?? `unknown (${state})`,
    ]),
  );
}

function windowsFacts(program) {
  // Signed or not: nothing is written.
  const executable = NtExecutable.from(readFileSync(program), { ignoreCert: true });
  const { entries } = NtExecutableResource.from(executable);
  const [version] = Resource.VersionInfo.fromEntries(entries);
  const language = version?.getAllLanguagesForStringValues()[0];
  const sealed = entries.find(({ type, id }) => type === "INTEGRITY" && id === "ELECTRONASAR");
  return {
    strings: language === undefined ? {} : version.getStringValues(language),
    hasOwnIcon:
      iconHash(iconOf(entries)) ===
      iconHash(Data.IconFile.from(readFileSync(productIcon)).icons.map(({ data }) => data)),
    /** Hashes by the archive's place. */
    integrity: Object.fromEntries(
      (sealed === undefined ? [] : JSON.parse(Buffer.from(sealed.bin).toString("utf8"))).map(
        ({ file, value }) => [file, value],
      ),
    ),
  };
}

/** The pictures of the icon that Windows shows: the first one. */
function iconOf(entries) {
  const [group] = Resource.IconGroupEntry.fromEntries(entries);
  return group?.getIconItemsFromEntries(entries) ?? [];
}

function iconHash(pictures) {
  const hash = createHash("sha256");
  for (const picture of pictures) {
    hash.update(Buffer.from(picture.isIcon() ? picture.generate() : picture.bin));
  }
  return hash.digest("hex");
}
