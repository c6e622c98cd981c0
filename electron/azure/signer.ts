// Makes sessions: a new one by a sign-in, which can be cancelled and ends by itself, or the one kept from the last start.
import type { PublicClientApplication } from "@azure/msal-node";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Events, RequestInput } from "../../shared/ipc.ts";
import { browserSignInSeconds } from "../../shared/sign-in-limit.ts";
import type { Clock } from "../run/clock.ts";
import type { Cloud } from "./clouds.ts";
import { authorityOf } from "./clouds.ts";
import { entraFailure } from "./entra-failure.ts";
import { createNetwork } from "./network.ts";
import type { Network } from "./network.ts";
import type { Registration } from "./registration.ts";
import type { Session } from "./session.ts";
import { createSession, fetchBoth } from "./session.ts";
import { signIn } from "./sign-in.ts";
import type { CacheStore, TokenCache } from "./token-cache.ts";
import { createTokenCache } from "./token-cache.ts";
import type { Transport } from "./transport.ts";

export interface SignerOptions {
  /** As it is set now: asked for at each sign-in. */
  readonly registration: () => Registration;
  readonly transport: Transport;
  /** The system's browser. */
  readonly openBrowser: (url: string) => Promise<void>;
  readonly clock: Clock;
  /** Undefined: signed out at the end of the program. */
  readonly cacheStore: CacheStore | undefined;
}

type AnyInput = RequestInput<"azure.signIn">;

/** A sign-in with our own registration, not az's. */
export type InputOfOurs = AnyInput & { readonly method: Exclude<AnyInput["method"], "azureCli"> };

export interface Wanted {
  readonly input: InputOfOurs;
  readonly onDeviceCode: (code: Events["azure.deviceCode"]) => void;
  readonly claims: string | undefined;
}

export interface Signer {
  /** A second one ends the first. Throws AppError, or the signal's reason. */
  signIn(wanted: Wanted, signal: AbortSignal): Promise<Session>;
  cancel(): void;
  /** Undefined where nothing was kept or can be used any more. */
  restore(): Promise<Session | undefined>;
  /** Forgets what was kept. */
  forget(): Promise<void>;
}

interface Opened {
  readonly cloud: Cloud;
  readonly application: PublicClientApplication;
  readonly network: Network;
  readonly cache: TokenCache;
}

export function createSigner(options: SignerOptions): Signer {
  const { clock, cacheStore } = options;
  let underWay: AbortController | undefined;
  const attempt = async (wanted: Wanted, signal: AbortSignal): Promise<Session> => {
    const { input, onDeviceCode, claims } = wanted;
    const life = new AbortController();
    try {
      const opened = await openApplication(options, life.signal, "");
      const { cloud, application, network, cache } = opened;
      const nowMs = () => clock.nowMs();
      const { openBrowser } = options;
      const asked = { input, cloud, claims, openBrowser, onDeviceCode, nowMs, signal };
      const result = await signIn(application, asked).catch((error: unknown) => {
        signal.throwIfAborted();
        throw entraFailure(error, network, input.tenant ?? "the account");
      });
      const { account, tenantId } = result;
      if (account === null) throw noAccount();
      const session = createSession({ application, network, cloud, account, tenantId });
      await fetchBoth(session, signal);
      await cache.keep();
      return session;
    } catch (error) {
      life.abort();
      throw error;
    }
  };
  return {
    async signIn(wanted, signal) {
      underWay?.abort(cancelled());
      const ending = new AbortController();
      const done = new AbortController();
      underWay = ending;
      if (wanted.input.method === "browser") endInTime(clock, ending, done.signal);
      try {
        return await attempt(wanted, AbortSignal.any([signal, ending.signal]));
      } finally {
        done.abort();
        if (underWay === ending) underWay = undefined;
      }
    },
    cancel() {
      underWay?.abort(cancelled());
    },
    async restore() {
      const life = new AbortController();
      try {
        const text = await cacheStore?.load();
        if (text == null || text === "") return undefined;
        const { cloud, application, network } = await openApplication(options, life.signal, text);
        const [account] = await application.getTokenCache().getAllAccounts();
        if (account === undefined) return undefined;
        const { tenantId } = account;
        const session = createSession({ application, network, cloud, account, tenantId });
        // Without a network the sign-in is still there; whoever needs a token hears why there is none.
        await fetchBoth(session, life.signal).catch(() => undefined);
        return session;
      } catch {
        // What cannot be read is no sign-in: the operator signs in again, as at the first start.
        return undefined;
      }
    },
    forget: async () => cacheStore?.clear(),
  };
}

/** Loaded at the first sign-in. `cached`: the library's cache to begin with. */
async function openApplication(
  { registration, transport, cacheStore }: SignerOptions,
  signal: AbortSignal,
  cached: string,
): Promise<Opened> {
  const { cloud, clientId } = registration();
  if (clientId === undefined || clientId === "") throw clientIdMissing();
  const msal = await import("@azure/msal-node");
  const network = createNetwork(cloud, transport, signal);
  const cache = createTokenCache(cacheStore, cached);
  const application = new msal.PublicClientApplication({
    auth: {
      clientId,
      authority: authorityOf(cloud, null),
      // Without it the library asks the public cloud about the authority first.
      knownAuthorities: [cloud.authorityHost],
    },
    cache: { cachePlugin: cache.plugin },
    system: { networkClient: network.module },
  });
  return { cloud, application, network, cache };
}

function endInTime(clock: Clock, ending: AbortController, done: AbortSignal): void {
  clock.wait(browserSignInSeconds * 1000, done).then(
    () => {
      ending.abort(timedOut());
    },
    () => undefined,
  );
}

function cancelled(): AppError {
  return new AppError({
    code: "signInCancelled",
    class: "info",
    summary: "The sign-in to Azure was cancelled.",
    remedy: "Sign in again when you are ready.",
  });
}

function timedOut(): AppError {
  return new AppError({
    code: "signInTimedOut",
    class: "block",
    summary: `Nobody signed in in the browser within ${browserSignInSeconds / 60} minutes.`,
    remedy: "Sign in again; if the browser cannot come back to this program, sign in with a code.",
  });
}

function clientIdMissing(): AppError {
  return new AppError({
    code: "clientIdMissing",
    class: "block",
    summary: "No application (client) id is set, so this program cannot sign in to Azure.",
    remedy:
      "Register an application in Microsoft Entra ID as the README says, and set its client id: menu Azure > Cloud and client id.",
  });
}

function noAccount(): AppError {
  return new AppError({
    code: "signInFailed",
    class: "block",
    summary: "Microsoft Entra ID answered without an account.",
    remedy: "Sign in to Azure again.",
  });
}
