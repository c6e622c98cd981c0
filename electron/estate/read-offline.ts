// Reads what only an offline fail back asks of each side, and later which files are in its backup.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Fact } from "../../shared/estate/estate.ts";
import type { SourceFacts, TargetFacts } from "../../shared/offline/input.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import {
  backupFilesQuery,
  backupRightQuery,
  createRightQuery,
  credentialsQuery,
  encryptorQuery,
  filesInUseQuery,
  keysQuery,
  sourceFilesQuery,
} from "./queries/offline-fail-back.ts";
import { readRows } from "./queries/query.ts";
import type { SideSource } from "./read.ts";

/** Rejects only for what is no AppError: a defect. */
export function readSource(source: SideSource, database: string): Promise<Fact<SourceFacts>> {
  return asked(source, async (session) => {
    const read = await readGuarded(
      session,
      [
        sourceFilesQuery(database),
        encryptorQuery(database),
        credentialsQuery,
        backupRightQuery(database),
      ],
      ["definition", "serverState"],
    );
    if (read.kind !== "seen") return read;
    const [files, keys, credentials, [right]] = read.value;
    const value: SourceFacts = {
      files,
      encryptor: keys[0] ?? null,
      credentials,
      mayBackUp: right?.mayBackUp ?? false,
    };
    return { kind: "seen", value };
  });
}

/** The same of SQL Server. */
export function readTarget(source: SideSource): Promise<Fact<TargetFacts>> {
  return asked(source, async (session) => {
    const read = await readGuarded(
      session,
      [credentialsQuery, filesInUseQuery, createRightQuery, keysQuery],
      ["definition"],
    );
    if (read.kind !== "seen") return read;
    const [credentials, files, [right], keys] = read.value;
    const value: TargetFacts = {
      credentials,
      filesInUse: files.map(({ path }) => path),
      mayCreate: right?.mayCreate ?? false,
      keys: keys.flatMap(({ thumbprint }) => thumbprint ?? []),
    };
    return { kind: "seen", value };
  });
}

/** The logical names in a backup, as SQL Server finds it. Throws AppError. */
export async function readBackupFiles(
  session: SqlSession,
  path: string,
): Promise<readonly string[]> {
  const [rows] = await readRows(session, [backupFilesQuery(path)]);
  return rows.map((row) => row.LogicalName);
}

async function asked<T>(
  source: SideSource,
  read: (session: SqlSession) => Promise<Fact<T>>,
): Promise<Fact<T>> {
  if ("unreachable" in source) return { kind: "failed", problem: source.unreachable };
  try {
    return await read(source);
  } catch (error) {
    if (error instanceof AppError) return { kind: "failed", problem: error.problem };
    throw error;
  }
}
