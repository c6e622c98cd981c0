// Short names for the SQL types that the catalog views use.
import type { SqlType } from "../sql-types.ts";

export const bit: SqlType = { name: "bit" };
export const tinyint: SqlType = { name: "tinyint" };
export const smallint: SqlType = { name: "smallint" };
export const int: SqlType = { name: "int" };
export const bigint: SqlType = { name: "bigint" };
export const float: SqlType = { name: "float" };
export const uniqueidentifier: SqlType = { name: "uniqueidentifier" };
export const datetime: SqlType = { name: "datetime" };
export const lsn: SqlType = { name: "numeric", precision: 25, scale: 0 };
/** The type of every object name. */
export const sysname: SqlType = { name: "nvarchar", length: 128 };
/** The type of every `_desc` column. */
export const description: SqlType = { name: "nvarchar", length: 60 };

export const datetime2 = (scale: number): SqlType => ({ name: "datetime2", scale });
export const numeric = (precision: number, scale: number): SqlType => ({
  name: "numeric",
  precision,
  scale,
});
export const nvarchar = (length: number | "max"): SqlType => ({ name: "nvarchar", length });
export const varchar = (length: number): SqlType => ({ name: "varchar", length });
export const varbinary = (length: number): SqlType => ({ name: "varbinary", length });
