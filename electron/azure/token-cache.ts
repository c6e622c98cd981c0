// The sign-in library's cache: in memory, and in the secret store of the host where there is one.
import type { ICachePlugin } from "@azure/msal-node";

/** A place that encrypts what it keeps (the system's key store behind Electron's safeStorage). Undefined: nothing is kept. */
export interface CacheStore {
  /** Null when there is nothing, or nothing that can be read any more. */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  clear(): Promise<void>;
}

export interface TokenCache {
  readonly plugin: ICachePlugin;
  /** From now on changes are kept: the sign-in they belong to went well. */
  keep(): Promise<void>;
}

/** `text`: what to begin with. A sign-in that is given up never reaches the store. */
export function createTokenCache(store: CacheStore | undefined, text = ""): TokenCache {
  let latest = text;
  let isKept = text !== "";
  // A key store that is full or locked must not cost the sign-in: it is asked for again at the next start.
  const save = () => store?.save(latest).catch(() => undefined);
  return {
    plugin: {
      beforeCacheAccess(context) {
        if (latest !== "") context.tokenCache.deserialize(latest);
        return Promise.resolve();
      },
      async afterCacheAccess(context) {
        if (!context.cacheHasChanged) return;
        latest = context.tokenCache.serialize();
        if (isKept) await save();
      },
    },
    async keep() {
      isKept = true;
      await save();
    },
  };
}
