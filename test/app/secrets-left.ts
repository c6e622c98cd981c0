// Every place of a window where a secret could have been left, as text.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AppUnderTest } from "./app-under-test.ts";

/** By place: the page, its storage, each file of the data folder, and what was written out (`said`). */
export async function whereverSecretsCouldBe(
  { page, dataDir }: AppUnderTest,
  said: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const stored = page.evaluate<string>(
    "(async () => JSON.stringify([localStorage, sessionStorage, document.cookie, await indexedDB.databases()]))()",
  );
  const typed = page.evaluate<string>(
    "[...document.querySelectorAll('input')].map(({ value }) => value).join('\\n')",
  );
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [`file ${path.relative(dataDir, file)}`, readFileSync(file, "utf8")] as const);
  const inPage = { page: await page.content(), typed: await typed, storage: await stored };
  return { ...inPage, output: said.join("\n"), ...Object.fromEntries(files) };
}
