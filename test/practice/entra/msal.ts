// The real client library against the practice directory: its network module maps the `.invalid` authority.
import { PublicClientApplication } from "@azure/msal-node";
import type { AccountInfo, AuthenticationResult, INetworkModule } from "@azure/msal-node";
import { afterAll, beforeAll } from "vitest";
import { authorityHost } from "../../../practice/entra/directory.ts";
import { startEntra, type Entra, type EntraFacts } from "../../../practice/entra/start-entra.ts";
import { browserOf, mapped, type Choice } from "./person.ts";

export const armScope = "https://management.azure.com/.default";
export const sqlScope = "https://database.windows.net/.default";

/** A client with an empty cache. */
export function clientOf(facts: EntraFacts): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: facts.clientId,
      authority: facts.authority,
      knownAuthorities: [authorityHost],
    },
    system: { networkClient: networkTo(facts.address) },
  });
}

function networkTo(address: string): INetworkModule {
  const send = async (url: string, init: RequestInit) => {
    const response = await fetch(mapped(url, address), init);
    // MSAL says what it expects, `never` fits that, and MSAL checks what it gets.
    const body = (await response.json()) as never;
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, { headers: options?.headers ?? {} }),
    sendPostRequestAsync: (url, options) =>
      send(url, { method: "POST", headers: options?.headers ?? {}, body: options?.body ?? "" }),
  };
}

export interface SignInOptions {
  readonly scope?: string;
  readonly authority?: string;
}

/** Signs in through the browser. */
export function signIn(
  client: PublicClientApplication,
  facts: EntraFacts,
  choice: Choice,
  { scope = armScope, authority = facts.authority }: SignInOptions = {},
): Promise<AuthenticationResult> {
  return client.acquireTokenInteractive({
    scopes: [scope],
    authority,
    openBrowser: browserOf(facts.address, choice),
  });
}

/** The account of a sign-in that went well. */
export function accountOf({ account }: AuthenticationResult): AccountInfo {
  if (account === null) throw new Error("no account");
  return account;
}

/** Code and text of MSAL's error; `signedIn` when there was none. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "signedIn",
    (error: unknown) =>
      error instanceof Error && "errorCode" in error
        ? `${String(error.errorCode)}: ${error.message}`
        : String(error),
  );
}

export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, body = ""] = token.split(".");
  // The signature is the provider's business; here its own tokens are read.
  return JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Record<string, unknown>;
}

export interface Practice {
  readonly entra: Entra;
  /** The provider's clock; starts at the real time. */
  readonly pass: (ms: number) => void;
  /** What the provider is waiting for, to be let go one by one. */
  readonly waits: { readonly ms: number; readonly release: () => void }[];
}

/** A provider for one test file. */
export function practiceEntra(): () => Practice {
  let practice: Practice | undefined;
  beforeAll(async () => {
    let passedMs = 0;
    const waits: { readonly ms: number; readonly release: () => void }[] = [];
    const entra = await startEntra({
      nowMs: () => Date.now() + passedMs,
      wait: (ms) => new Promise((release) => waits.push({ ms, release })),
    });
    practice = { entra, waits, pass: (ms) => (passedMs += ms) };
  });
  afterAll(() => practice?.entra.stop());
  return () => {
    if (practice === undefined) throw new Error("the provider has not started");
    return practice;
  };
}
