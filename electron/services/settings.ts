// What the window remembers from one start to the next: a small file in the data folder. No secret and no server is in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cloudNames } from "../../shared/azure-registration.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { RequestInput, RequestOutput, Settings } from "../../shared/ipc.ts";
import { networkInput } from "../../shared/network/contract.ts";
import { plainNetwork } from "../../shared/network/network-settings.ts";
import { plainZoom, zoomSteps } from "../../shared/zoom.ts";
import { writeWhole } from "../store/write-whole.ts";

const defaults: Settings = {
  showIntroduction: true,
  azure: { cloud: "public", clientId: null },
  zoomPercent: plainZoom,
  notify: true,
  network: plainNetwork,
};
/** A setting that an earlier version did not have is the default. */
const settingsFile = z.object({
  showIntroduction: z.boolean(),
  azure: z
    .object({ cloud: z.enum(cloudNames), clientId: z.string().nullable() })
    .default(defaults.azure),
  zoomPercent: z.literal(zoomSteps).default(plainZoom),
  notify: z.boolean().default(defaults.notify),
  network: z.object(networkInput.shape).default(plainNetwork),
});

/** A file that is not there yet is no problem; one that cannot be understood is told, and left as it is until the next change. */
export function readSettings(dataFolder: string): RequestOutput<"settings.read"> {
  const path = pathIn(dataFolder);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return isMissing(error) ? defaults : damaged(path, error);
  }
  try {
    return settingsFile.parse(JSON.parse(text));
  } catch (error) {
    return damaged(path, error);
  }
}

/** What is named in `change` is changed, the rest stays. Throws AppError `settingsNotWritten`. */
export function writeSettings(dataFolder: string, change: RequestInput<"settings.write">): null {
  const path = pathIn(dataFolder);
  const before = readSettings(dataFolder);
  const settings: Settings = {
    showIntroduction: change.showIntroduction ?? before.showIntroduction,
    azure: change.azure ?? before.azure,
    zoomPercent: change.zoomPercent ?? before.zoomPercent,
    notify: change.notify ?? before.notify,
    network: change.network ?? before.network,
  };
  try {
    writeWhole(path, `${JSON.stringify(settings, undefined, 2)}\n`, true);
    return null;
  } catch (error) {
    throw new AppError(
      {
        code: "settingsNotWritten",
        class: "info",
        summary: `The settings cannot be written to ${path}.`,
        ...(error instanceof Error ? { detail: error.message } : {}),
        remedy: "Make room on the disk, or make the folder writable; nothing else depends on it.",
      },
      error,
    );
  }
}

function pathIn(dataFolder: string): string {
  return join(dataFolder, "settings.json");
}

function damaged(path: string, error: unknown): RequestOutput<"settings.read"> {
  return {
    ...defaults,
    problem: {
      code: "settingsDamaged",
      class: "info",
      summary: `The settings in ${path} cannot be read, so the defaults hold.`,
      ...(error instanceof SyntaxError || error instanceof z.ZodError
        ? { detail: "It is not the JSON that this version writes." }
        : {}),
      remedy: "Nothing needs to be done: the next change writes the file anew.",
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
