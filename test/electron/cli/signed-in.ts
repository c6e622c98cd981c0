// The command line beside an Azure CLI that is signed in to a practice estate: an az on the path that gives a token.
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import type { Typed } from "../../fakes/command-line.ts";
import { towards, type } from "../../fakes/command-line.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { adatum } from "../azure/practice-azure.ts";

export interface SignedIn extends ReturnType<typeof towards> {
  readonly typed: (...words: readonly string[]) => Promise<Typed>;
  readonly token: string;
}

/** Stubs PATH: the test calls vi.unstubAllEnvs at its end. */
export async function signedIn(estate: TimedEstate): Promise<SignedIn> {
  const token = await tokenFor(estate, dana);
  const folder = mkdtempSync(join(tmpdir(), "mi-link-az-"));
  const answer = { accessToken: token, expires_on: Date.now() / 1000 + 7_200, tenant: adatum };
  writeFileSync(join(folder, "az"), `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(join(folder, "az"), 0o700);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"] ?? ""}`);
  const way = towards(estate);
  const { options, environment } = way;
  return {
    ...way,
    token,
    typed: (...words) => type([...words, ...options], { environment, clock: estate.clock }),
  };
}
