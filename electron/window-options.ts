// The arguments of a window: --connect, --data-dir FOLDER, --client-id ID; of the Chromium host also --browser FILE and --headless.
import { parseArgs } from "node:util";

export interface WindowOptions {
  /** Empty, for real servers; otherwise the practice estate. */
  readonly connect: boolean;
  readonly dataDir: string | undefined;
  /** The application registration that signs in to Azure. */
  readonly clientId: string | undefined;
  readonly browser: string | undefined;
  readonly headless: boolean;
}

/** Electron is given arguments of its own, so what is not known here is passed over. */
export function windowOptions(args: readonly string[]): WindowOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      connect: { type: "boolean" },
      "data-dir": { type: "string" },
      "client-id": { type: "string" },
      browser: { type: "string" },
      headless: { type: "boolean" },
    },
  });
  return {
    connect: values["connect"] === true,
    dataDir: textOf(values["data-dir"]),
    clientId: textOf(values["client-id"]),
    browser: textOf(values["browser"]),
    headless: values["headless"] === true,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
