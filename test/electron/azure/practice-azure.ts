// The product's Azure against the practice estate's: a person at the browser, the directory, ARM, over the real libraries.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { afterEach } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import type { AzureServiceOptions } from "../../../electron/azure/azure-service.ts";
import type { Cloud } from "../../../electron/azure/clouds.ts";
import { practiceCloud } from "../../../electron/azure/clouds.ts";
import type { Registration } from "../../../electron/azure/registration.ts";
import { realClock } from "../../../electron/run/clock.ts";
import type { AzureService } from "../../../electron/services/azure-service.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Problem } from "../../../shared/errors/app-error.ts";
import type { Account } from "../../../shared/azure/contract.ts";
import type { Events } from "../../../shared/ipc.ts";
import { browserOf } from "../../practice/entra/person.ts";

export const dana = { upn: "dana@adatum.example" };
export const sam = { upn: "sam@adatum.example" };
export const adatum = "3b7c1a90-52de-4f18-a6c4-0e91d8b2f573";
export const fabrikam = "c41e6f28-8d03-49b5-9f7a-72a5e0c3d816";

const open: PracticeEstate[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((estate) => estate.stop()));
});

export async function startEstate(scenario = "healthy"): Promise<PracticeEstate> {
  const estate = await startPracticeEstate({ scenario, clock: "manual" });
  open.push(estate);
  return estate;
}

/** Options as a practice host makes them; the browser is a person who chooses that account. */
export function optionsFor(
  estate: PracticeEstate,
  person: Parameters<typeof browserOf>[1] = dana,
): AzureServiceOptions {
  const { address, clientId } = estate.entra;
  return {
    ...registered({ cloud: cloudOf(estate), clientId }),
    transport: { kind: "node" },
    openBrowser: browserOf(address, person),
    clock: realClock,
    cacheStore: undefined,
  };
}

/** The estate's Azure, as the product knows it. */
export function cloudOf({ arm, entra, caFile }: PracticeEstate): Cloud {
  return practiceCloud({
    armEndpoint: arm.endpoint,
    authority: entra.authority,
    authorityAddress: entra.address,
    authorityPem: readFileSync(caFile, "utf8"),
  });
}

/** The one registration that is set. */
export function registered(registration: Registration): Pick<AzureServiceOptions, "registration"> {
  return { registration: () => registration };
}

export interface SignedIn {
  readonly estate: PracticeEstate;
  readonly azure: AzureService;
  readonly account: Account;
}

/** Signed in by browser; `tenant` as the operator types it. */
export async function signedIn(person = dana, tenant: string | null = null): Promise<SignedIn> {
  const estate = await startEstate();
  const azure = createAzureService(optionsFor(estate, person));
  return { estate, azure, account: await signInByBrowser(azure, tenant) };
}

export function signInByBrowser(
  azure: AzureService,
  tenant: string | null = null,
  signal: AbortSignal = never(),
): Promise<Account> {
  return azure.signIn({ method: "browser", tenant }, noCode, signal);
}

export function signInByCode(
  azure: AzureService,
  onDeviceCode: (code: Events["azure.deviceCode"]) => void,
  signal: AbortSignal = never(),
): Promise<Account> {
  return azure.signIn({ method: "deviceCode", tenant: null }, onDeviceCode, signal);
}

function noCode(): void {
  throw new Error("a code was shown to somebody who signs in by browser");
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

/** The problem of work that fails with one; anything else fails the test. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => new Error("it went well"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error.problem;
  throw error;
}

/** Everything that can be found in a value, also where it is not enumerable. */
export function wholeText(value: unknown): string {
  return inspect(value, { depth: null, showHidden: true, maxStringLength: null, getters: true });
}

/** A fault of the practice estate, switched on. */
export function fault(
  estate: PracticeEstate,
  where: "entraFault" | "armFault",
  what: Readonly<Record<string, unknown>>,
): void {
  const answer = estate.control({ do: where, fault: what });
  if (!answer.ok) throw new Error(answer.error);
}

export interface AzureRequests {
  readonly entra: readonly { readonly path: string; readonly grantType: string | null }[];
  readonly arm: readonly { readonly path: string; readonly status: number }[];
}

/** What the directory and ARM were asked. */
export function requestsOf(estate: PracticeEstate): AzureRequests {
  const answer = estate.control({ ask: "azure" });
  if (!answer.ok) throw new Error(answer.error);
  // The control protocol hands out what the servers recorded, and nothing else.
  return answer.value as AzureRequests;
}
