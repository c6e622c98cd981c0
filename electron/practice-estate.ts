// The practice estate of a window: started beside it, and what its one line tells.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { RequestInput } from "../shared/ipc.ts";
import type { Side } from "../shared/estate/estate.ts";
import type { PracticeAzure } from "./azure/clouds.ts";
import type { PracticeControl } from "./drills/practice-control.ts";
import { practiceControl } from "./drills/practice-control.ts";
import type { Beside } from "./host/host.ts";

const readyLine = z.object({
  ready: z.literal(true),
  servers: z.array(
    z.object({
      kind: z.enum(["sqlServer", "managedInstance"]),
      host: z.string(),
      port: z.number().int(),
      login: z.string(),
      password: z.string(),
    }),
  ),
  caFile: z.string(),
  arm: z.object({ endpoint: z.string() }),
  entra: z.object({ authority: z.string(), address: z.string(), clientId: z.string() }),
});

/** Everything a practice window is given; held in memory and never in settings. */
export interface PracticeFacts {
  /** PEM. */
  readonly authorityPem: string;
  readonly azure: PracticeAzure;
  readonly clientId: string;
  /** For drills alone; undefined: this window did not start the estate. */
  readonly control: PracticeControl | undefined;
  /** One per side, as a window connects them: of two instances the first. */
  readonly servers: readonly PracticeServer[];
}

export interface PracticeServer {
  /** Complete but for the secret's id. */
  readonly open: Omit<RequestInput<"connection.open">, "authentication">;
  readonly login: string;
  readonly password: string;
}

const sides: Readonly<Record<"sqlServer" | "managedInstance", Side>> = {
  sqlServer: "box",
  managedInstance: "instance",
};

/** Waits for the estate's first line. Rejects with Error when it ends without one. */
export async function practiceFacts(estate: Beside): Promise<PracticeFacts> {
  const lines = createInterface({ input: estate.output });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    void estate.ended.then(() => {
      reject(new Error("The practice estate ended before it was ready."));
    });
  });
  return factsOf(JSON.parse(line), practiceControl(lines, estate));
}

/** Throws zod's error for a line that is not the estate's own. */
export function factsOf(line: unknown, control?: PracticeControl): PracticeFacts {
  const { servers, caFile, arm, entra } = readyLine.parse(line);
  const authorityPem = readFileSync(caFile, "utf8");
  return {
    authorityPem,
    azure: {
      armEndpoint: arm.endpoint,
      authority: entra.authority,
      authorityAddress: entra.address,
      authorityPem,
    },
    clientId: entra.clientId,
    control,
    servers: firstOfEachKind(servers).map(({ kind, host, port, login, password }) => ({
      open: {
        side: sides[kind],
        server: `${host},${String(port)}`,
        usePublicEndpoint: false,
        encrypt: "mandatory",
        trustedFingerprint: null,
        environment: "practice",
      },
      login,
      password,
    })),
  };
}

function firstOfEachKind<T extends { readonly kind: string }>(servers: readonly T[]): readonly T[] {
  return servers.filter(
    ({ kind }, index) => servers.findIndex((one) => one.kind === kind) === index,
  );
}
