// Where an installed Chromium, Edge or Chrome is. Only node: modules.
import { existsSync } from "node:fs";
import path from "node:path";

const linuxPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/opt/google/chrome/chrome",
  "/usr/bin/google-chrome",
  "/opt/microsoft/msedge/msedge",
  "/usr/bin/microsoft-edge",
];
const windowsFolders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
const windowsPlaces = [
  ["Microsoft", "Edge", "Application", "msedge.exe"],
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Chromium", "Application", "chrome.exe"],
];
const macPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Every place where a browser may be, best first. */
export function browserPlaces(platform, environment) {
  switch (platform) {
    case "win32":
      return windowsPlaces.flatMap((parts) =>
        windowsFolders.flatMap((name) =>
          environment[name] ? [path.win32.join(environment[name], ...parts)] : [],
        ),
      );
    case "darwin":
      return macPlaces;
    default:
      return linuxPlaces;
  }
}

/** @returns {string | undefined} the first browser that is there */
export function findBrowser(exists = existsSync) {
  return browserPlaces(process.platform, process.env).find((place) => exists(place));
}

/** What to do where there is none: one sentence. */
export const noBrowser =
  "No browser to show the window in was found: install Chromium, Microsoft Edge or Google Chrome " +
  "(on Debian: apt-get install --no-install-recommends chromium) and run the command again.";
