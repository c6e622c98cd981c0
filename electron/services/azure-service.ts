// The port to Azure: sign-in, what the account may see, and the token that opens an instance's login. Contract of electron/azure.
import type { LinkOperations } from "../azure/link-operations.ts";
import type { AzureSource } from "../estate/read.ts";
import type { Account } from "../../shared/azure/contract.ts";
import type { Events, RequestInput, RequestOutput } from "../../shared/ipc.ts";

/** Every call that fails throws an AppError with its own sentence, or the signal's reason when it aborts. */
export interface AzureService {
  /** Resolves once both tokens are there. `onDeviceCode` is called once, for the method `deviceCode` alone. */
  signIn(
    input: RequestInput<"azure.signIn">,
    onDeviceCode: (code: Events["azure.deviceCode"]) => void,
    signal: AbortSignal,
  ): Promise<Account>;
  /** Ends a sign-in that is under way: its promise rejects with AppError `signInCancelled`. */
  cancelSignIn(): void;
  status(): Promise<RequestOutput<"azure.status">>;
  signOut(): Promise<void>;
  tenants(signal: AbortSignal): Promise<RequestOutput<"azure.tenants">>;
  subscriptions(
    input: RequestInput<"azure.subscriptions">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"azure.subscriptions">>;
  findInstance(
    input: RequestInput<"azure.findInstance">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"azure.findInstance">>;
  /** A token of that account for https://database.windows.net/; answers at once while the one there is lives on for five minutes. */
  sqlToken(accountId: string, signal?: AbortSignal): Promise<string>;
  /** What Azure tells of the instance and its links, for the estate; a failure is a fact, and never a rejection. */
  readonly readForEstate: AzureSource;
  /** Changes links as the account that is signed in now, in its tenant. Throws AppError `notSignedIn`. */
  linkOperations(): Promise<LinkOperations>;
}
