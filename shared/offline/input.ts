// What an offline fail back is planned from: both sides, the link where there is one, and what only this asks of them.
import type { OfflineFailBackChoices } from "../choices/choices.ts";
import type { Estate, Fact } from "../estate/estate.ts";
import type { Link, SeenLinkEnd } from "../estate/link.ts";
import type { CopiesSeen } from "../repair/input.ts";
import { isUrl, saveTarget } from "../repair/save-target.ts";
import type { CopyToSave } from "../repair/copy-to-save.ts";
import type { RestoredFile } from "../plan/plan.ts";

/** A row of sys.credentials: never its secret. */
export interface Credential {
  readonly name: string;
  readonly identity: string;
}

/** A row of sys.master_files of the database on the instance. */
export interface SourceFile {
  readonly logicalName: string;
  /** type_desc: ROWS, LOG, FILESTREAM. */
  readonly type: string;
}

/** Whose key it is. */
export interface Encryptor {
  /** encryptor_type: CERTIFICATE is the service's own on an instance, ASYMMETRIC KEY one's own. */
  readonly type: string;
  /** 0x and hexadecimal digits; null: not told. */
  readonly thumbprint: string | null;
}

/** What the instance shows of the database. */
export interface SourceFacts {
  readonly files: readonly SourceFile[];
  /** Of sys.dm_database_encryption_keys; null: it has no key. */
  readonly encryptor: Encryptor | null;
  readonly credentials: readonly Credential[];
  readonly mayBackUp: boolean;
}

/** What SQL Server shows of the place to come. */
export interface TargetFacts {
  readonly credentials: readonly Credential[];
  readonly mayCreate: boolean;
  /** Every physical_name of sys.master_files. */
  readonly filesInUse: readonly string[];
  /** Thumbprints of the certificates and asymmetric keys in master: 0x and hexadecimal digits. */
  readonly keys: readonly string[];
}

export interface OfflineInput {
  readonly estate: Estate;
  /** Undefined: neither side has a link of this database. */
  readonly link: Link | undefined;
  readonly database: string;
  readonly choices: OfflineFailBackChoices;
  readonly source: Fact<SourceFacts>;
  readonly target: Fact<TargetFacts>;
  /** The copy on the instance. */
  readonly copies: CopiesSeen;
}

/** The instance's end of the link; undefined: it has none any more. */
export function sourceEnd({ link }: Pick<OfflineInput, "link">): SeenLinkEnd | undefined {
  return link?.instance.kind === "seen" ? link.instance : undefined;
}

/** What the database is called on SQL Server. */
export function restoreName({
  database,
  choices,
}: Pick<OfflineInput, "database"> & {
  readonly choices: Pick<OfflineFailBackChoices, "restoreAs" | "overOldName">;
}): string {
  if (choices.overOldName !== null) return database;
  return choices.restoreAs ?? `${database}_failback`;
}

export function copyOf({ copies, database }: Pick<OfflineInput, "copies" | "database">) {
  return copies.kind === "seen"
    ? copies.copies.find((copy) => copy.database === database)
    : undefined;
}

/**
 * Both backups' files. Their number is the first that msdb does not know: the same as long as nothing is backed up, so that a
 * plan that was approved is built again, and another one after each attempt.
 */
export function backupTargets(
  { choices, database }: Pick<OfflineInput, "choices" | "database">,
  { backups }: Pick<CopyToSave, "backups">,
): readonly [string, string] {
  for (let number = 1; ; number += 1) {
    const place = { folder: choices.backupTo, stamp: `failback${number}` };
    const name = { name: database, number: 1 };
    const targets = [saveTarget(place, name, 1), saveTarget(place, name, 2)] as const;
    const isTaken = backups.some(({ path }) => targets.some((target) => target === path));
    if (!isTaken) return targets;
  }
}

/** Every backup of an instance holds it, also where sys.master_files does not show it (RESTORE to SQL Server, MOVE). */
const memoryOptimized: SourceFile = { logicalName: "XTP", type: "FILESTREAM" };

export function restoredFiles(
  { choices, database }: Pick<OfflineInput, "choices" | "database">,
  { files }: Pick<SourceFacts, "files">,
): readonly RestoredFile[] {
  const all = files.some(({ type }) => type === "FILESTREAM") ? files : [...files, memoryOptimized];
  const folder = choices.restoreTo.replace(/[\\/]+$/u, "");
  const separator = folder.includes("/") ? "/" : "\\";
  const plain = (name: string) => name.replaceAll(/[^A-Za-z0-9_-]/gu, "_");
  const name = plain(restoreName({ choices, database }));
  const isFirstData = (file: SourceFile) => file === all.find(({ type }) => type === "ROWS");
  return all.map((file) => {
    const end = { ROWS: isFirstData(file) ? ".mdf" : ".ndf", LOG: ".ldf" }[file.type] ?? "";
    return {
      logicalName: file.logicalName,
      to: `${folder}${separator}${name}_${plain(file.logicalName)}${end}`,
    };
  });
}

/** By the longest part of the URL that a credential is named by: its container. */
export function credentialFor(
  credentials: readonly Credential[],
  url: string,
): Credential | undefined {
  const asked = `${url.replace(/\/+$/u, "")}/`.toLowerCase();
  return credentials.find(({ name }) =>
    asked.startsWith(`${name.replace(/\/+$/u, "").toLowerCase()}/`),
  );
}

/** `https://account/container` of a longer URL: what the credential has to be named. */
export function containerOf(url: string): string {
  return isUrl(url) ? url.split("/").slice(0, 4).join("/") : url;
}
