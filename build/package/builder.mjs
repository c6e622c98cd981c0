// The calls of electron-builder: one platform around a stand-in, or this machine's own around Electron itself.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Arch, build, Platform } from "electron-builder";
import { root } from "../root.mjs";
import { unpackedFolder } from "./platforms.mjs";
import { writeStandIn } from "./stand-in.mjs";

const targets = { linux: Platform.LINUX, win32: Platform.WINDOWS };
const common = { projectDir: root, publish: "never" };
const configuration = {
  extends: path.join(root, "build", "electron-builder.yml"),
  // False: no package of node_modules is looked for, rebuilt or taken along.
  beforeBuild: () => false,
};

/**
 * Packages around a stand-in for Electron, without the network. Rejects where the configuration is not valid.
 * @param {"linux" | "win32"} platform
 * @param {string} output folder to write to
 * @param {object} change of the configuration, for tests
 */
export async function packageStandIn(platform, output, change = {}) {
  const electronDist = mkdtempSync(path.join(tmpdir(), "mi-link-electron-stand-in-"));
  const { version } = JSON.parse(
    readFileSync(path.join(root, "node_modules", "electron", "package.json"), "utf8"),
  );
  try {
    writeStandIn(electronDist, platform, version);
    rmSync(unpackedFolder(output, platform), { recursive: true, force: true });
    mkdirSync(output, { recursive: true });
    await build({
      ...common,
      targets: targets[platform].createTarget("dir", Arch.x64),
      config: {
        ...configuration,
        electronDist,
        directories: { output },
        // A certificate of this machine is not for a stand-in.
        win: { signExecutable: false },
        ...change,
      },
    });
  } finally {
    rmSync(electronDist, { recursive: true, force: true });
  }
}

/**
 * Packages for the system this runs on, around Electron, which is fetched. Windows gets an installer, Linux tar.gz and deb.
 * @returns {Promise<readonly string[]>} the files to hand out
 */
export function packageRelease(platform, output) {
  return build({
    ...common,
    targets: targets[platform].createTarget(),
    config: { ...configuration, directories: { output } },
  });
}
