// Signs in by the system's browser or by a device code; both end at once when their signal aborts.
import type {
  AuthenticationResult,
  DeviceCodeRequest,
  PublicClientApplication,
} from "@azure/msal-node";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Events, RequestInput } from "../../shared/ipc.ts";
import { authorityOf, reachedAt } from "./clouds.ts";
import type { Cloud } from "./clouds.ts";

export interface SignInAttempt {
  readonly input: RequestInput<"azure.signIn">;
  readonly cloud: Cloud;
  /** What Entra wants to see, told by a token it refused before. */
  readonly claims: string | undefined;
  readonly openBrowser: (url: string) => Promise<void>;
  readonly onDeviceCode: (code: Events["azure.deviceCode"]) => void;
  readonly nowMs: () => number;
  /** Rejects the sign-in with its reason, whatever the library is waiting for. */
  readonly signal: AbortSignal;
}

type Application = Pick<
  PublicClientApplication,
  "acquireTokenInteractive" | "acquireTokenByDeviceCode"
>;

/** A token for Azure Resource Manager. Rejects with the signal's reason, an AppError or the library's own error. */
export async function signIn(
  application: Application,
  attempt: SignInAttempt,
): Promise<AuthenticationResult> {
  attempt.signal.throwIfAborted();
  const way = attempt.input.method === "browser" ? byBrowser : byDeviceCode;
  const result = way(application, attempt);
  // After an abort nobody waits for it any more.
  result.catch(() => undefined);
  const answer = await Promise.race([result, rejectionOf(attempt.signal)]);
  if (answer === null) throw noToken();
  return answer;
}

function requestOf({ cloud, input, claims }: SignInAttempt) {
  return {
    scopes: [cloud.armScope],
    authority: authorityOf(cloud, input.tenant),
    ...(claims === undefined ? {} : { claims }),
  };
}

function byBrowser(
  application: Application,
  attempt: SignInAttempt,
): Promise<AuthenticationResult> {
  const { signal, cloud } = attempt;
  return application.acquireTokenInteractive({
    ...requestOf(attempt),
    prompt: "select_account",
    successTemplate: pageSaying("You have signed in. Go back to MI Link Failover."),
    errorTemplate: pageSaying("The sign-in did not succeed. Go back to MI Link Failover."),
    async openBrowser(url) {
      const giveUp = () => void answerForBrowser(url);
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) giveUp();
      else await open(attempt, browserAddress(cloud, url));
    },
  });
}

/** The library waits for the browser for ever: its own listener is told that nobody comes. */
async function answerForBrowser(url: string): Promise<void> {
  const asked = new URL(url).searchParams;
  const { port } = new URL(asked.get("redirect_uri") ?? "http://localhost:0");
  const body = new URLSearchParams({ error: "user_cancelled", state: asked.get("state") ?? "" });
  // The listener may have been closed by an answer that came first: then there is nothing left to end.
  await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, redirect: "manual" }).catch(
    () => undefined,
  );
}

/** Nothing but the authority's own page, over https, is ever opened; the practice estate's is on this computer. */
function browserAddress(cloud: Cloud, url: string): string {
  const { protocol, host } = new URL(url);
  if (protocol === "https:" && host === cloud.authorityHost) return reachedAt(cloud, url);
  throw new AppError({
    code: "signInAddressRefused",
    class: "fatal",
    summary: `The page to sign in at is not on ${cloud.authorityHost}, so it was not opened.`,
    remedy: "Compare the cloud: menu Azure > Cloud and client id.",
  });
}

async function open({ openBrowser }: SignInAttempt, url: string): Promise<void> {
  try {
    await openBrowser(url);
  } catch (error) {
    throw new AppError({
      code: "browserNotOpened",
      class: "block",
      summary: "The system's browser could not be opened.",
      ...(error instanceof Error ? { detail: withoutAddress(error.message, url) } : {}),
      remedy: "Sign in with a code on another computer, or set a default browser.",
    });
  }
}

/** The address holds the challenge of this sign-in. */
function withoutAddress(text: string, url: string): string {
  return text.replaceAll(url, () => "the address");
}

function byDeviceCode(
  application: Application,
  attempt: SignInAttempt,
): Promise<AuthenticationResult | null> {
  const { signal, onDeviceCode, nowMs, cloud } = attempt;
  return new Promise((resolve, reject) => {
    const request: DeviceCodeRequest = {
      ...requestOf(attempt),
      deviceCodeCallback({ userCode, verificationUri, expiresIn }) {
        if (signal.aborted) return;
        // Thrown here it ends the library's polling, which goes on without pause where the answer held no code.
        if (!URL.canParse(verificationUri)) throw new Error("No code was given.");
        if (!isPageToShow(cloud, verificationUri)) throw codePageRefused();
        const expiresAt = new Date(nowMs() + expiresIn * 1000).toISOString();
        onDeviceCode({ userCode, verificationUri, expiresAt });
      },
    };
    // The library looks at it before each question, and shares the object.
    signal.addEventListener("abort", () => (request.cancel = true), { once: true });
    application.acquireTokenByDeviceCode(request).then(resolve, reject);
  });
}

function isPageToShow({ practice }: Cloud, url: string): boolean {
  const { protocol, origin } = new URL(url);
  return protocol === "https:" || origin === practice?.authorityAddress;
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** What the browser shows at the end. */
function pageSaying(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>MI Link Failover</title><p style="font:16px system-ui;margin:4em auto;max-width:28em">${text}</p></html>`;
}

function codePageRefused(): AppError {
  return new AppError({
    code: "signInAddressRefused",
    class: "fatal",
    summary: "The page for the code is not a secure one, so it is not shown.",
    remedy: "Sign in by browser.",
  });
}

function noToken(): AppError {
  return new AppError({
    code: "signInFailed",
    class: "block",
    summary: "Microsoft Entra ID answered without a token.",
    remedy: "Sign in to Azure again.",
  });
}
