// The SQL Server data types and messages that pass between the world, the T-SQL front end and TDS.

/** A column type as it travels on the wire. `length` is in characters for (n)varchar, bytes for varbinary. */
export type SqlType =
  | { readonly name: "bit" | "tinyint" | "smallint" | "int" | "bigint" | "float" }
  | { readonly name: "uniqueidentifier" | "datetime" }
  | { readonly name: "datetime2" | "datetimeoffset"; readonly scale: number }
  | { readonly name: "numeric"; readonly precision: number; readonly scale: number }
  | { readonly name: "varchar" | "nvarchar" | "varbinary"; readonly length: number | "max" };

export interface Column {
  readonly name: string;
  readonly type: SqlType;
}

/**
 * A value of a row. LSNs (numeric(25,0)) and other exact numbers are strings of digits; times are strings in ISO form
 * (`2026-11-21T08:00:00.000`, with `+02:00` for datetimeoffset), as the server itself would write them.
 */
export type SqlValue = null | number | bigint | string | boolean | Uint8Array;

/** An ERROR or INFO message. `severity` above 10 is an error. */
export interface SqlMessage {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly text: string;
  readonly line?: number;
  readonly procedure?: string;
}

/** Thrown anywhere behind the TDS server; becomes an ERROR token. */
export class SqlError extends Error {
  readonly sql: SqlMessage;
  constructor(
    number: number,
    text: string,
    more: Partial<Omit<SqlMessage, "number" | "text">> = {},
  ) {
    super(text);
    this.name = "SqlError";
    this.sql = { number, text, severity: 16, state: 1, ...more };
  }
}

/** A parameter of sp_executesql or another RPC, already decoded. */
export interface SqlParameter {
  readonly name: string;
  readonly type: SqlType | undefined;
  readonly value: SqlValue;
  readonly output: boolean;
}

/** What one request answers, in order. `done` closes one statement; `rowCount` is absent for statements that count none. */
export type SqlOutput =
  | { readonly kind: "columns"; readonly columns: readonly Column[] }
  | { readonly kind: "row"; readonly values: readonly SqlValue[] }
  | { readonly kind: "done"; readonly rowCount?: number }
  | { readonly kind: "info"; readonly message: SqlMessage }
  | { readonly kind: "error"; readonly message: SqlMessage }
  | { readonly kind: "database"; readonly from: string; readonly to: string }
  | { readonly kind: "returnStatus"; readonly value: number };
