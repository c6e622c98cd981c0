// Azure for the command line: what the estate is told, and changes of a link, by the sign-in of the Azure CLI.
import { AppError } from "../../shared/errors/app-error.ts";
import type { AzureSource } from "../estate/read.ts";
import { isoTime } from "../estate/read.ts";
import type { AzureCliOptions } from "./azure-cli-session.ts";
import { createAzureCliSession } from "./azure-cli-session.ts";
import type { AzureReader } from "./azure-reader.ts";
import { createAzureReader } from "./azure-reader.ts";
import type { LinkOperations } from "./link-operations.ts";
import { createLinkOperations } from "./link-operations.ts";
import { readAzureFact } from "./read-azure-fact.ts";
import type { Session } from "./session.ts";
import type { Transport } from "./transport.ts";

export interface CliAzureOptions extends AzureCliOptions {
  readonly transport: Transport;
}

export interface CliAzure {
  /** A failure, also of az itself, is a fact; rejects only when aborted. */
  readonly readForEstate: AzureSource;
  /** In the tenant of the instance that was read last, or az's own. Throws AppError of az. */
  linkOperations(): Promise<LinkOperations>;
}

interface SignedIn {
  readonly session: Session;
  readonly reader: AzureReader;
}

/** Starts az when Azure is first asked; one that refuses is asked again the next time. */
export function createCliAzure(options: CliAzureOptions): CliAzure {
  const { cloud, transport, clock } = options;
  let signedIn: Promise<SignedIn> | undefined;
  const signIn = async (): Promise<SignedIn> => {
    const session = await createAzureCliSession(options);
    return { session, reader: createAzureReader(session, { cloud, transport, clock }) };
  };
  const need = async (): Promise<SignedIn> => {
    signedIn ??= signIn();
    try {
      return await signedIn;
    } catch (error) {
      signedIn = undefined;
      throw error;
    }
  };
  return {
    async readForEstate(address, signal) {
      try {
        const { session, reader } = await need();
        return await readAzureFact(session, reader, { clock, address, signal });
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof AppError)) throw error;
        return { kind: "failed", at: isoTime(clock), problem: error.problem };
      }
    },
    async linkOperations() {
      return createLinkOperations((await need()).session, { cloud, transport });
    },
  };
}
