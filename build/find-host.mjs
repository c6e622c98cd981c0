// Where the window comes from: Electron, else an installed browser, else one sentence that says what to install.
import { findBrowser, noBrowser } from "./find-browser.mjs";
import { answers, electronBinary, fetchElectron } from "./find-electron.mjs";

/** Whether a window can be shown here. */
export function hasDisplay(environment = process.env, platform = process.platform) {
  switch (platform) {
    case "win32":
      // A service and a remote shell have no session name.
      return Boolean(environment.SESSIONNAME);
    case "linux":
      return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
    default:
      return true;
  }
}

/** What the choice is made with; tests hand in their own. */
const thisMachine = {
  electronThatAnswers() {
    const file = electronBinary();
    return file !== undefined && answers(file) ? file : undefined;
  },
  fetchElectron,
  findBrowser,
};

/**
 * @param {"electron" | "chromium" | undefined} wanted `--host`
 * @returns {Promise<{kind: "electron" | "chromium", file: string}>} rejects with the sentence where there is neither
 */
export async function findHost(wanted, machine = thisMachine) {
  if (wanted !== "chromium") {
    let file = machine.electronThatAnswers();
    if (file === undefined && (await machine.fetchElectron())) file = machine.electronThatAnswers();
    if (file !== undefined) return { kind: "electron", file };
    if (wanted === "electron") throw new Error("Electron is not here and could not be fetched.");
  }
  const browser = machine.findBrowser();
  if (browser === undefined) throw new Error(noBrowser);
  return { kind: "chromium", file: browser };
}
