// Keeps a text in one file, encrypted by the system's key store: a sign-in, or the passwords that are remembered.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { SafeStore } from "../services/host-needs.ts";

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string }>;
}

/** Where the key store is not available nothing is kept and nothing is found. */
export function createSafeFile(file: string, encryption: Encryption): SafeStore {
  return {
    isAvailable: () => encryption.isAsyncEncryptionAvailable(),
    async load() {
      try {
        return (await encryption.decryptStringAsync(await readFile(file))).result;
      } catch {
        // Nothing kept, or kept under another user's key.
        return null;
      }
    },
    async save(text) {
      if (!(await encryption.isAsyncEncryptionAvailable())) return;
      const encrypted = await encryption.encryptStringAsync(text);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, encrypted, { mode: 0o600 });
    },
    clear: () => rm(file, { force: true }),
  };
}
