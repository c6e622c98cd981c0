// Stands in for Electron's distribution where it cannot be had: enough of it for electron-builder to package and for the checks to look at. It runs nothing.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";

const sentence = "This is a stand-in for Electron, made to check the packaging. Never publish it.";
/** Where Electron keeps its fuses: a mark, version 1, eight of them, each as Electron itself sets it. */
const fuseWire = Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0810110001", "latin1");
const english = { lang: 0x409, codepage: 1200 };

/**
 * Writes the distribution of one platform into an empty folder.
 * @param {"linux" | "win32"} platform
 * @param {string} version Electron's
 */
export function writeStandIn(folder, platform, version) {
  const write = (name, content, mode) => writeFileSync(path.join(folder, name), content, { mode });
  for (const name of ["locales", "resources"]) mkdirSync(path.join(folder, name));
  write("STAND-IN.txt", `${sentence}\n`);
  write("LICENSE", `${sentence}\n`);
  write("version", version);
  write(path.join("locales", "en-US.pak"), "");
  if (platform === "win32") write("electron.exe", windowsProgram());
  else write("electron", linuxProgram(), 0o755);
}

function linuxProgram() {
  return Buffer.concat([Buffer.from(`#!/bin/sh\necho '${sentence}' >&2\nexit 1\n`), fuseWire]);
}

/** Headers, one version resource and no code: what is renamed, branded and sealed is there, and nothing that starts. */
function windowsProgram() {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.create({
    lang: english.lang,
    fixedInfo: {},
    strings: [{ ...english, values: { ProductName: "Electron", FileDescription: sentence } }],
  });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(fuseWire);
  return Buffer.from(program.generate());
}
