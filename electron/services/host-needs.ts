// What the services need of the host, Electron or Chromium, and nothing more of it. Contract of electron/host.
import type { AppFacts } from "../../shared/ipc.ts";

export interface HostNeeds {
  readonly kind: AppFacts["host"];
  /** The native dialog: null when it was closed without a choice. Absent where there is none; then the page asks for the path. */
  readonly pickSavePath?: (suggestedName: string) => Promise<string | null>;
  /** Closes the window for good; the program ends with it. */
  readonly closeWindow: () => void;
}
