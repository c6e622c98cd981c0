// Where a packaged program is, per platform: the folder that electron-builder makes, and the program in it.
import path from "node:path";

const places = {
  linux: { folder: "linux-unpacked", program: "mi-link-failover" },
  win32: { folder: "win-unpacked", program: "MI Link Failover.exe" },
};

/** The platforms that the product is packaged for. */
export const platforms = Object.keys(places);

/** @returns {string} the folder that the installers of a platform are made from */
export function unpackedFolder(output, platform) {
  return path.join(output, places[platform].folder);
}

/** @returns {string} the program's own file in that folder */
export function programFile(output, platform) {
  return path.join(unpackedFolder(output, platform), places[platform].program);
}
