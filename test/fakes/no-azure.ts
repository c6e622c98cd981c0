// Azure that nobody is signed in to: every question is answered with the same problem. No way to it is tested.
import type { NetworkTest } from "../../electron/services/network-test.ts";
import type { AzureService } from "../../electron/services/azure-service.ts";
import { AppError } from "../../shared/errors/app-error.ts";

export function noAzure(): AzureService {
  const notSignedIn = () =>
    Promise.reject(
      new AppError({
        code: "notSignedIn",
        class: "block",
        summary: "Nobody is signed in to Azure.",
        remedy: "Sign in.",
      }),
    );
  return {
    signIn: notSignedIn,
    cancelSignIn: () => undefined,
    status: () => Promise.resolve({ account: null }),
    signOut: () => Promise.resolve(),
    tenants: notSignedIn,
    subscriptions: notSignedIn,
    findInstance: notSignedIn,
    sqlToken: notSignedIn,
    linkOperations: notSignedIn,
    readForEstate: () => Promise.resolve({ kind: "notAsked" }),
  };
}

export const noNetworkTest: NetworkTest = {
  look: () => Promise.resolve({ addresses: [], trust: "ownList" }),
  test: () => Promise.resolve([]),
};
