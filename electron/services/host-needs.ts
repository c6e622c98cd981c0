// What the services need of the host, Electron or Chromium, and nothing more of it. Contract of electron/host.
import type { AppFacts } from "../../shared/ipc.ts";
import type { Notice } from "../../shared/run/notice.ts";

export interface HostNeeds {
  readonly kind: AppFacts["host"];
  /** The native dialog: null when it was closed without a choice. Absent where there is none; then the page asks for the path. */
  readonly pickSavePath?: (suggestedName: string) => Promise<string | null>;
  /** Tells by the system outside of the window. Not told where the host knows that somebody looks at the window. */
  readonly notify: (notice: Notice) => void;
  /** Where passwords are remembered, encrypted. Absent: they never are. */
  readonly passwordStore?: SafeStore;
  /** Closes the window for good; the program ends with it. */
  readonly closeWindow: () => void;
}

/** One text, encrypted by the system's key store. */
export interface SafeStore {
  /** False where the key store is locked or missing: then nothing is kept. */
  isAvailable(): Promise<boolean>;
  /** Null when there is nothing, or nothing that can be read any more. */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  clear(): Promise<void>;
}
