// The port to where the window comes from: Electron, or an installed Chromium. Both show the same page and carry the same contract.
import type { Readable } from "node:stream";
import type { CacheStore } from "../azure/token-cache.ts";
import type { EventMessage } from "../ipc/tell.ts";
import type { Transport } from "../ipc/serve.ts";
import type { HostNeeds } from "../services/host-needs.ts";

/** One window. `Sender` is what this host knows of the page and frame that sent a message. */
export interface Host<Sender> {
  readonly needs: HostNeeds;
  readonly system: HostSystem;
  readonly transport: Transport<Sender>;
  /** Tells the page; dropped where there is none. A reloaded page asks for what it missed. */
  send(message: EventMessage): void;
  /** Loads our page. Call it once, with the transport already served. */
  show(attendant: Attendant): Promise<void>;
  /** Resolves when the window is gone for good, whoever closed it. */
  readonly closed: Promise<void>;
}

/** Who is asked and told about the window. */
export interface Attendant {
  /** Somebody wants to close the window; where the answer is false it stays. */
  readonly mayClose: () => boolean;
  /** The page before is gone: ours is about to be loaded, or its process died. */
  readonly pageGone: () => void;
}

/** What a host does around its window. */
export interface HostSystem {
  /** Shows an address in the system's own browser. Rejects where there is none. */
  readonly openInBrowser: (url: string) => Promise<void>;
  /** Starts one of our scripts as a process of its own, which ends with this one. */
  readonly startBeside: (script: string) => Beside;
  /** Absent: requests leave by Node's own client. */
  readonly web?: HostWeb;
  /** Where a sign-in is kept, encrypted. Absent: nothing is. */
  readonly signInStore?: CacheStore;
}

/** The host's own client, which knows the system's proxy and certificates. */
export interface HostWeb {
  readonly fetch: typeof globalThis.fetch;
  /** The same without an open connection: for requests that must leave once. */
  readonly freshFetch: () => typeof globalThis.fetch;
  /** The same, fresh, with the issuer of the certificate that `host` showed; undefined where none was. */
  readonly witnessedFetch: (host: string) => {
    readonly fetch: typeof globalThis.fetch;
    readonly issuer: () => string | undefined;
  };
  /** What all of them take from their next request on, `http://host:port`; null: the system's proxy. */
  readonly useProxy: (proxy: string | null) => void;
  /** The proxies for that address as Chromium lists them: `PROXY host:port;DIRECT`. */
  readonly resolveProxy: (url: string) => Promise<string>;
}

export interface Beside {
  readonly output: Readable;
  /** One line of text to it; dropped once it has ended. */
  send(line: string): void;
  /** Asks it to end. */
  end(): void;
  readonly ended: Promise<void>;
}

/**
 * How the practice estate of a window is started: its applications stop writing after a minute, since the gate opens only
 * when nobody writes; drills are asked for by its control lines.
 */
export const practiceArguments: readonly string[] = ["--control", "--workload-stops-after", "60"];

/** The title until the page has set its own. */
export const productName = "MI Link Failover";

/** CSS pixels: where nothing was kept from last time, and at least. */
export const firstSize = { width: 1280, height: 800 } as const;
export const leastSize = { width: 1024, height: 640 } as const;
