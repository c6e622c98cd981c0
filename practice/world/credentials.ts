// CREATE and DROP CREDENTIAL, and what a storage account answers to what a server shows it.
import { SqlError } from "../sql-types.ts";
import { sameName } from "./groups.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerState } from "./state.ts";

/** Throws 15530 for a name that is taken. */
export function createCredential(
  server: ServerState,
  { name, identity, secret }: Extract<ServerStatement, { kind: "createCredential" }>,
  nowMs: number,
): void {
  const { credentials } = server;
  if (credentials.some((one) => sameName(one.name, name))) {
    throw new SqlError(15530, `The credential with name "${name}" already exists.`);
  }
  const id = Math.max(65_535, ...credentials.map((one) => one.id)) + 1;
  server.credentials = [...credentials, { id, name, identity, secret, createdMs: nowMs }];
}

/** Throws 15151 for one that is not there. */
export function dropCredential(server: ServerState, name: string): void {
  const left = server.credentials.filter((one) => !sameName(one.name, name));
  if (left.length === server.credentials.length) {
    throw new SqlError(
      15151,
      `Cannot drop the credential '${name}', because it does not exist or you do not have permission.`,
    );
  }
  server.credentials = left;
}

/**
 * The operating system's error at a blob, or undefined where the server is let in: by a shared access signature without its
 * question mark, or on an instance by its own identity, under the name of the blob's container (domain.md 3.i).
 */
export function storageError({ key, credentials }: ServerState, url: string): string | undefined {
  const credential = credentials.find(({ name }) =>
    url.toLowerCase().startsWith(`${name.toLowerCase()}/`),
  );
  const denied = "5(Access is denied.)";
  if (credential === undefined) return denied;
  const { identity, secret } = credential;
  if (sameName(identity, "Managed Identity")) return key === "instance" ? undefined : denied;
  const isSigned = secret !== null && secret !== "" && !secret.startsWith("?");
  return sameName(identity, "SHARED ACCESS SIGNATURE") && isSigned
    ? undefined
    : "86(The specified network password is not correct.)";
}
