// Statements that an operator sends himself before an offline fail back. Shown as text, never sent, and without any secret.
import type { Database, Side } from "../estate/estate.ts";
import { quoteName } from "./quote.ts";

/** The identity of the instance needs the role Storage Blob Data Contributor; a signature is given without its question mark. */
export function credentialRemedy(side: Side, container: string): string {
  const create = `CREATE CREDENTIAL ${quoteName(container)} WITH IDENTITY =`;
  const signature = `${create} 'SHARED ACCESS SIGNATURE', SECRET = '<the signature, without ?>';`;
  return side === "box"
    ? `Send it yourself: ${signature}`
    : `Send it yourself: ${create} 'MANAGED IDENTITY'; or ${signature}`;
}

/** A copy in a group can be neither renamed nor dropped; nothing here does it for anybody. */
export function moveAsideRemedy({ name }: Database, group: string | undefined): string {
  const own = quoteName(name);
  const leave =
    group === undefined
      ? ""
      : `remove it from its group, ALTER AVAILABILITY GROUP ${quoteName(group)} REMOVE DATABASE ${own}; then `;
  return `Free the name yourself, for nothing is restored over a database: ${leave}rename it, ALTER DATABASE ${own} MODIFY NAME = ${quoteName(`${name}_old`)}; or drop it, DROP DATABASE ${own};`;
}

/** What an instance asks of whoever saves a database, in that database. */
export const backupPermission = "BACKUP DATABASE";

export function encryptionRemedy(box: string): string {
  return `Set a customer-managed key that ${box} has too, or turn encryption off: ALTER DATABASE ... SET ENCRYPTION OFF, then DROP DATABASE ENCRYPTION KEY.`;
}

/** The key itself stays where it is kept: SQL Server is told of it. */
export function missingKeyRemedy(box: string): string {
  return `Give ${box} access to that key by its extensible key management provider, then in master: CREATE ASYMMETRIC KEY ... FROM PROVIDER ... WITH CREATION_DISPOSITION = OPEN_EXISTING.`;
}
