// Azure for the window: who is signed in, what that account sees, the token for the instance, and the links for the estate.
import { AppError } from "../../shared/errors/app-error.ts";
import type { AzureSource } from "../estate/read.ts";
import type { RequestInput } from "../../shared/ipc.ts";
import type { AzureService } from "../services/azure-service.ts";
import { createAzureCliSession } from "./azure-cli-session.ts";
import type { AzureReader } from "./azure-reader.ts";
import { createAzureReader } from "./azure-reader.ts";
import { createLinkOperations } from "./link-operations.ts";
import { readAzureFact } from "./read-azure-fact.ts";
import type { Session } from "./session.ts";
import type { SignerOptions } from "./signer.ts";
import { createSigner } from "./signer.ts";

export type AzureServiceOptions = SignerOptions;

interface SignedIn {
  readonly session: Session;
  readonly reader: AzureReader;
}

/** Loads nothing of Azure's libraries before the first sign-in, but for one that was kept. */
export function createAzureService(options: AzureServiceOptions): AzureService {
  const { clock, transport } = options;
  const signer = createSigner(options);
  let signedIn: SignedIn | undefined;
  let restored: Promise<void> | undefined;
  const use = (session: Session): SignedIn => {
    const { cloud } = session;
    signedIn = { session, reader: createAzureReader(session, { cloud, transport, clock }) };
    return signedIn;
  };
  const now = async (): Promise<SignedIn | undefined> => {
    restored ??= signer.restore().then((session) => {
      if (session !== undefined && signedIn === undefined) use(session);
    });
    await restored;
    return signedIn;
  };
  const need = async (): Promise<SignedIn> => {
    const found = await now();
    if (found === undefined) throw notSignedIn();
    return found;
  };
  const readForEstate: AzureSource = async (address, signal) => {
    const found = await now();
    if (found === undefined) return { kind: "notAsked" };
    return readAzureFact(found.session, found.reader, { clock, address, signal });
  };
  return {
    async signIn(input, onDeviceCode, signal) {
      const { method, tenant } = input;
      if (method === "azureCli") {
        const { cloud } = options.registration();
        const session = await createAzureCliSession({ cloud, clock, tenantId: cliTenant(input) });
        signal.throwIfAborted();
        // What was kept belongs to another account; this one is kept by az.
        await signer.forget();
        return use(session).session.facts();
      }
      const wanted = {
        input: { method, tenant },
        onDeviceCode,
        claims: signedIn?.session.claimsWanted(),
      };
      return use(await signer.signIn(wanted, signal)).session.facts();
    },
    cancelSignIn() {
      signer.cancel();
    },
    async status() {
      return { account: (await now())?.session.facts() ?? null };
    },
    async signOut() {
      signer.cancel();
      signedIn = undefined;
      restored = Promise.resolve();
      await signer.forget();
    },
    tenants: async (signal) => (await need()).reader.tenants(signal),
    subscriptions: async (input, signal) => (await need()).reader.subscriptions(input, signal),
    findInstance: async (input, signal) => (await need()).reader.findInstance(input, signal),
    async sqlToken(accountId, signal) {
      const { session } = await need();
      if (session.accountId !== accountId) throw notSignedIn();
      const tenantId = session.tenantId();
      return (await session.token({ audience: "sql", tenantId }, signal)).token;
    },
    readForEstate,
    async linkOperations() {
      const { session } = await need();
      return createLinkOperations(session, { cloud: session.cloud, transport });
    },
  };
}

/** A tenant is a word of az's command line: a name or an id, and nothing else. */
function cliTenant({ tenant }: RequestInput<"azure.signIn">): string | undefined {
  if (tenant === null || /^[\w.-]+$/.test(tenant)) return tenant ?? undefined;
  throw new AppError({
    code: "tenantNotUnderstood",
    class: "block",
    summary: "A tenant is a domain name or an id.",
    remedy: "Type the tenant as contoso.onmicrosoft.com or by its id.",
  });
}

function notSignedIn(): AppError {
  return new AppError({
    code: "notSignedIn",
    class: "block",
    summary: "Nobody is signed in to Azure, or somebody else than before.",
    remedy: "Sign in to Azure.",
  });
}
