// What an offline fail back asks of both servers: credentials without their secrets, files, encryption, and the two rights.
import { z } from "zod";
import type { Credential, Encryptor, SourceFile } from "../../../shared/offline/input.ts";
import { quoteString } from "../../../shared/sql/quote.ts";
import { verifyBackupStatement } from "../../../shared/sql/save-copy.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** Needs VIEW ANY DEFINITION, like the files: without it they look like none. */
export const credentialsQuery: Query<Credential> = {
  name: "credentials",
  text: `
SELECT c.name AS name, c.credential_identity AS [identity]
FROM sys.credentials AS c
ORDER BY c.name;`,
  row: z.object({
    name: z.string(),
    identity: z
      .string()
      .nullable()
      .transform((value) => value ?? ""),
  }),
};

export function sourceFilesQuery(database: string): Query<SourceFile> {
  return {
    name: "database files",
    text: `
SELECT f.name AS logicalName, f.type_desc AS type
FROM sys.master_files AS f
WHERE f.database_id = DB_ID(${quoteString(database)})
ORDER BY f.file_id;`,
    row: z.object({ logicalName: z.string(), type: z.string() }),
  };
}

export const filesInUseQuery: Query<{ readonly path: string }> = {
  name: "files in use",
  text: `
SELECT f.physical_name AS path
FROM sys.master_files AS f
ORDER BY f.database_id, f.file_id;`,
  row: z.object({ path: z.string() }),
};

/** encryption_state 0 and 1: no key, and not encrypted any more. */
export function encryptorQuery(database: string): Query<Encryptor> {
  return {
    name: "database encryption keys",
    text: `
SELECT k.encryptor_type AS type, CONVERT(varchar(130), k.encryptor_thumbprint, 1) AS thumbprint
FROM sys.dm_database_encryption_keys AS k
WHERE k.database_id = DB_ID(${quoteString(database)}) AND k.encryption_state > 1;`,
    row: z.object({
      type: z
        .string()
        .nullable()
        .transform((value) => value ?? "not told"),
      thumbprint: z.string().nullable(),
    }),
  };
}

/** What a restore finds a key by. Needs VIEW ANY DEFINITION: without it they look like none. */
export const keysQuery: Query<Pick<Encryptor, "thumbprint">> = {
  name: "keys in master",
  text: `
SELECT CONVERT(varchar(130), c.thumbprint, 1) AS thumbprint
FROM master.sys.certificates AS c
UNION ALL
SELECT CONVERT(varchar(130), k.thumbprint, 1) AS thumbprint
FROM master.sys.asymmetric_keys AS k;`,
  row: z.object({ thumbprint: z.string().nullable() }),
};

export function backupRightQuery(database: string): Query<{ readonly mayBackUp: boolean }> {
  return {
    name: "right to back up",
    text: `
SELECT HAS_PERMS_BY_NAME(${quoteString(database)}, 'DATABASE', 'BACKUP DATABASE') AS mayBackUp;`,
    row: z.object({ mayBackUp: bit.nullable().transform((value) => value ?? false) }),
  };
}

export const createRightQuery: Query<{ readonly mayCreate: boolean }> = {
  name: "right to create databases",
  text: `
SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE') AS mayCreate;`,
  row: z.object({ mayCreate: bit.nullable().transform((value) => value ?? false) }),
};

/** The logical names of all files in a backup. */
export function backupFilesQuery(path: string): Query<{ readonly LogicalName: string }> {
  return {
    name: "files of a backup",
    text: verifyBackupStatement(path)
      .replace("RESTORE VERIFYONLY", "RESTORE FILELISTONLY")
      .replace(" WITH CHECKSUM", ""),
    row: z.object({ LogicalName: z.string() }),
  };
}
