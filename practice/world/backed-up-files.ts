// The files of the linked database on each side: what they are called, where they are, and so what a backup lists.
import type { ServerState, WorldState } from "./state.ts";

export interface BackedUpFile {
  readonly fileId: number;
  readonly logicalName: string;
  readonly physicalName: string;
  /** Data, log, or what memory-optimized tables are kept in. */
  readonly type: "D" | "L" | "S";
  readonly sizeKb: number;
}

const DATA_KB = 204_800 * 8;
const LOG_KB = 4 * 64 * 1024;

/** Where SQL Server keeps its files. */
export const dataFolder = "C:\\Program Files\\Microsoft SQL Server\\MSSQL\\DATA\\";

/** An instance names the files itself and keeps them where nobody else can (domain.md 3.i). */
export function filesIn({ link }: WorldState, { key }: ServerState): readonly BackedUpFile[] {
  const { database } = link;
  if (key === "box") {
    return [
      file(1, database, `${dataFolder}${database}.mdf`, "D"),
      file(2, `${database}_log`, `${dataFolder}${database}_log.ldf`, "L"),
    ];
  }
  const folder = "https://practice.blob.invalid/5/";
  return [
    file(1, "data_0", `${folder}data_0.mdf`, "D"),
    file(2, "log", `${folder}log.ldf`, "L"),
    file(65_537, "XTP", `${folder}XTP.xtp`, "S"),
  ];
}

function file(
  fileId: number,
  logicalName: string,
  physicalName: string,
  type: BackedUpFile["type"],
): BackedUpFile {
  const sizeKb = type === "S" ? 0 : type === "L" ? LOG_KB : DATA_KB;
  return { fileId, logicalName, physicalName, type, sizeKb };
}
