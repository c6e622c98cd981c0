import { describe, expect, test } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import type { CacheStore } from "../../../electron/azure/token-cache.ts";
import type { Events } from "../../../shared/ipc.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { browserOf, typeDeviceCode } from "../../practice/entra/person.ts";
import {
  adatum,
  dana,
  fabrikam,
  fault,
  never,
  optionsFor,
  problemOf,
  registered,
  requestsOf,
  signInByBrowser,
  signInByCode,
  signedIn,
  startEstate,
} from "./practice-azure.ts";

/** Resolves when a sign-in shows its page; nobody ever comes back from it. */
function absentPerson() {
  let shown: (url: string) => void = () => undefined;
  const opened = new Promise<string>((resolve) => (shown = resolve));
  return {
    opened,
    openBrowser: (url: string) => {
      shown(url);
      return Promise.resolve();
    },
  };
}

describe("signing in by browser", () => {
  test("gives both tokens, with the account's name, tenant and the life of each", async () => {
    const { azure, account } = await signedIn();
    expect(account).toMatchObject({ name: dana.upn, tenantId: adatum });
    expect(Date.parse(account.armTokenUntil ?? "")).toBeGreaterThan(Date.now());
    expect(Date.parse(account.sqlTokenUntil ?? "")).toBeGreaterThan(Date.now());
    expect(await azure.status()).toEqual({ account });
  });

  test("goes to the tenant that was asked for, where the account is a guest", async () => {
    const { account } = await signedIn(dana, "fabrikam.example");
    expect(account).toMatchObject({ name: dana.upn, tenantId: fabrikam });
  });

  test("takes one page: the second audience comes from the same sign-in", async () => {
    const { estate } = await signedIn();
    const pages = requestsOf(estate).entra.filter(({ path }) => path.endsWith("/authorize"));
    // The page itself and the account that was chosen on it.
    expect(pages).toHaveLength(2);
  });

  test("cancelled while the browser is open rejects at once and signs nobody in", async () => {
    const { opened, openBrowser } = absentPerson();
    const azure = createAzureService({ ...optionsFor(await startEstate()), openBrowser });
    const work = problemOf(signInByBrowser(azure));
    await opened;
    azure.cancelSignIn();
    expect((await work).code).toBe("signInCancelled");
    expect(await azure.status()).toEqual({ account: null });
  });

  test("cancelled, and answered in the browser all the same, signs nobody in", async () => {
    const estate = await startEstate();
    const { opened, openBrowser } = absentPerson();
    const azure = createAzureService({ ...optionsFor(estate), openBrowser });
    const work = problemOf(signInByBrowser(azure));
    const url = await opened;
    azure.cancelSignIn();
    await work;
    await browserOf(estate.entra.address, dana)(url).catch(() => undefined);
    expect(await azure.status()).toEqual({ account: null });
  });

  test("aborted by the window rejects with the window's reason", async () => {
    const { opened, openBrowser } = absentPerson();
    const azure = createAzureService({ ...optionsFor(await startEstate()), openBrowser });
    const ended = new AbortController();
    const work = signInByBrowser(azure, null, ended.signal);
    const said = expect(work).rejects.toThrow("the page is gone");
    await opened;
    ended.abort(new Error("the page is gone"));
    await said;
  });

  test("ends by itself after five minutes, and says how long it waited", async () => {
    const clock = fakeClock();
    const { openBrowser } = absentPerson();
    const azure = createAzureService({ ...optionsFor(await startEstate()), openBrowser, clock });
    const problem = await problemOf(signInByBrowser(azure));
    expect(problem).toMatchObject({ code: "signInTimedOut" });
    expect(problem.summary).toContain("5 minutes");
  });

  test("a second sign-in ends the first", async () => {
    const estate = await startEstate();
    const { opened, openBrowser } = absentPerson();
    let isFirst = true;
    const azure = createAzureService({
      ...optionsFor(estate),
      openBrowser: (url) => {
        if (!isFirst) return browserOf(estate.entra.address, dana)(url);
        isFirst = false;
        return openBrowser(url);
      },
    });
    const first = problemOf(signInByBrowser(azure));
    await opened;
    expect(await signInByBrowser(azure)).toMatchObject({ name: dana.upn });
    expect((await first).code).toBe("signInCancelled");
  });

  test("declined on the page says so", async () => {
    const estate = await startEstate();
    const azure = createAzureService(optionsFor(estate, { choice: "cancel" }));
    const problem = await problemOf(signInByBrowser(azure));
    expect(problem).toMatchObject({ code: "signInDeclined" });
    expect(problem.detail).toContain("AADSTS65004");
  });

  test("a browser that cannot be opened is told, without the address of the sign-in", async () => {
    const azure = createAzureService({
      ...optionsFor(await startEstate()),
      openBrowser: (url) => Promise.reject(new Error(`xdg-open ${url} is not there`)),
    });
    const problem = await problemOf(signInByBrowser(azure));
    expect(problem).toMatchObject({ code: "browserNotOpened" });
    expect(problem.detail).toBe("xdg-open the address is not there");
  });

  test("without a client id nothing is asked of anybody", async () => {
    const estate = await startEstate();
    const options = optionsFor(estate);
    const azure = createAzureService({
      ...options,
      ...registered({ ...options.registration(), clientId: undefined }),
    });
    const problem = await problemOf(signInByBrowser(azure));
    expect(problem).toMatchObject({ code: "clientIdMissing" });
    expect(requestsOf(estate).entra).toEqual([]);
  });

  test("with a client id that the tenant does not know says so instead of showing a code", async () => {
    const options = optionsFor(await startEstate());
    const azure = createAzureService({
      ...options,
      ...registered({
        ...options.registration(),
        clientId: "00000000-1111-2222-3333-444444444444",
      }),
    });
    expect((await problemOf(signInByCode(azure, () => undefined))).code).toBe("applicationUnknown");
  });

  test("goes by the registration as it is set then, not as it was at the start", async () => {
    const options = optionsFor(await startEstate());
    const set = options.registration();
    let now = { ...set, clientId: undefined as string | undefined };
    const azure = createAzureService({ ...options, registration: () => now });
    expect((await problemOf(signInByBrowser(azure))).code).toBe("clientIdMissing");
    now = set;
    expect(await signInByBrowser(azure)).toMatchObject({ name: dana.upn });
  });

  test("opens nothing but the authority's own page, and only on this computer in the practice", async () => {
    const { opened, openBrowser } = absentPerson();
    const estate = await startEstate();
    const azure = createAzureService({ ...optionsFor(estate), openBrowser });
    const work = problemOf(signInByBrowser(azure));
    expect(new URL(await opened).origin).toBe(estate.entra.address);
    azure.cancelSignIn();
    await work;
  });
});

describe("signing in with a code", () => {
  test("shows code, page and end, and signs in once the code was typed", async () => {
    const estate = await startEstate();
    const azure = createAzureService(optionsFor(estate));
    const codes: Events["azure.deviceCode"][] = [];
    const account = await signInByCode(azure, (code) => {
      codes.push(code);
      void typeDeviceCode(code.verificationUri, code.userCode, dana);
    });
    expect(account).toMatchObject({ name: dana.upn, tenantId: adatum });
    expect(codes).toHaveLength(1);
    expect(codes[0]?.verificationUri).toBe(`${estate.entra.address}/devicelogin`);
    expect(Date.parse(codes[0]?.expiresAt ?? "")).toBeGreaterThan(Date.now());
  });

  test("cancelled while the code is shown rejects at once", async () => {
    const azure = createAzureService(optionsFor(await startEstate()));
    const work = problemOf(
      signInByCode(azure, () => {
        azure.cancelSignIn();
      }),
    );
    expect((await work).code).toBe("signInCancelled");
    expect(await azure.status()).toEqual({ account: null });
  });

  test("declined says so, with the number the library forgets", async () => {
    const azure = createAzureService(optionsFor(await startEstate()));
    const problem = await problemOf(
      signInByCode(azure, (code) => {
        void typeDeviceCode(code.verificationUri, code.userCode, { choice: "cancel" });
      }),
    );
    expect(problem).toMatchObject({ code: "signInDeclined" });
    expect(problem.detail).toContain("AADSTS65004");
  });

  test("a code that nobody uses in time says so", async () => {
    const estate = await startEstate();
    fault(estate, "entraFault", { kind: "deviceCodes", lifetimeSeconds: 0, intervalSeconds: 0 });
    const azure = createAzureService(optionsFor(estate));
    const problem = await problemOf(signInByCode(azure, () => undefined));
    expect(problem.code).toBe("signInTimedOut");
  });
});

describe("staying signed in", () => {
  test("a revoked sign-in asks to sign in again, and shows no token any more", async () => {
    const { estate, azure, account } = await signedIn();
    fault(estate, "entraFault", { kind: "refreshTokensRevoked" });
    const problem = await problemOf(azure.subscriptions({ tenantId: fabrikam }, never()));
    expect(problem).toMatchObject({ code: "signInAgain", remedy: "Sign in to Azure again." });
    expect((await azure.status()).account?.accountId).toBe(account.accountId);
  });

  test("a revoked sign-in whose token is about to end fails the question that needs one", async () => {
    const estate = await startEstate();
    fault(estate, "entraFault", { kind: "tokenLifetime", seconds: 60 });
    const azure = createAzureService(optionsFor(estate));
    await signInByBrowser(azure);
    await azure.tenants(never());
    fault(estate, "entraFault", { kind: "refreshTokensRevoked" });
    expect((await problemOf(azure.tenants(never()))).code).toBe("signInAgain");
    expect((await azure.status()).account).toMatchObject({ armTokenUntil: null });
  });

  test("an access token that has ended is renewed without asking anybody", async () => {
    const estate = await startEstate();
    fault(estate, "entraFault", { kind: "tokenLifetime", seconds: 60 });
    const azure = createAzureService(optionsFor(estate));
    const { accountId } = await signInByBrowser(azure);
    fault(estate, "entraFault", { kind: "tokenLifetime", seconds: 4200 });
    const token = await azure.sqlToken(accountId);
    expect(await azure.sqlToken(accountId)).toBe(token);
  });

  test("once signed out nothing is answered any more", async () => {
    const { azure, account } = await signedIn();
    await azure.signOut();
    expect(await azure.status()).toEqual({ account: null });
    expect((await problemOf(azure.sqlToken(account.accountId))).code).toBe("notSignedIn");
    expect((await problemOf(azure.tenants(never()))).code).toBe("notSignedIn");
  });

  test("a token is given out for the account that is signed in alone", async () => {
    const { azure } = await signedIn();
    expect((await problemOf(azure.sqlToken("somebody.else"))).code).toBe("notSignedIn");
  });

  test("with a key store the next start is signed in, and signing out empties it", async () => {
    const options = { ...optionsFor(await startEstate()), cacheStore: memoryStore() };
    const account = await signInByBrowser(createAzureService(options));
    const next = createAzureService(options);
    expect((await next.status()).account).toMatchObject({ accountId: account.accountId });
    await next.signOut();
    expect(await options.cacheStore.load()).toBeNull();
    expect(await createAzureService(options).status()).toEqual({ account: null });
  });

  test("a sign-in that was cancelled leaves nothing in the key store", async () => {
    const { opened, openBrowser } = absentPerson();
    const cacheStore = memoryStore();
    const azure = createAzureService({
      ...optionsFor(await startEstate()),
      openBrowser,
      cacheStore,
    });
    const work = problemOf(signInByBrowser(azure));
    await opened;
    azure.cancelSignIn();
    await work;
    expect(await cacheStore.load()).toBeNull();
  });

  test("a key store that cannot write does not cost the sign-in", async () => {
    const cacheStore: CacheStore = {
      ...memoryStore(),
      save: () => Promise.reject(new Error("the key store is locked")),
    };
    const azure = createAzureService({ ...optionsFor(await startEstate()), cacheStore });
    expect(await signInByBrowser(azure)).toMatchObject({ name: dana.upn });
  });

  test("what a key store has that nobody can read is no sign-in", async () => {
    const cacheStore: CacheStore = { ...memoryStore(), load: () => Promise.resolve("{ not json") };
    const azure = createAzureService({ ...optionsFor(await startEstate()), cacheStore });
    expect(await azure.status()).toEqual({ account: null });
  });
});

function memoryStore(): CacheStore {
  let kept: string | null = null;
  return {
    load: () => Promise.resolve(kept),
    save: (text) => {
      kept = text;
      return Promise.resolve();
    },
    clear: () => {
      kept = null;
      return Promise.resolve();
    },
  };
}
