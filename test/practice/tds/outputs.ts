// Short forms of backend outputs, and what a failed request says, for the tests of the wire.
import { expect } from "vitest";
import type { SqlMessage, SqlOutput } from "../../../practice/sql-types.ts";

/** A result set of one int column. */
export const numbers = (name: string, ...values: readonly number[]): SqlOutput[] => [
  { kind: "columns", columns: [{ name, type: { name: "int" } }] },
  ...values.map((value) => ({ kind: "row", values: [value] }) as const),
  { kind: "done", rowCount: values.length },
];

export const error = (number: number, text: string, more: Partial<SqlMessage> = {}): SqlOutput => ({
  kind: "error",
  message: { number, severity: 16, state: 1, text, ...more },
});

export const info = (number: number, text: string): SqlOutput => ({
  kind: "info",
  message: { number, severity: 0, state: 1, text },
});

export interface Failure {
  readonly code: string;
  readonly number: number;
  readonly state: number;
  readonly class: number;
  readonly lineNumber: number;
  readonly procName: string;
  readonly serverName: string;
  readonly message: string;
  readonly precedingErrors: readonly { readonly number: number }[];
}

/** What a promise that must fail is rejected with. */
export const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => expect.unreachable("it did not fail"),
    (reason: unknown) => reason as Failure, // mssql rejects with errors of this shape
  );

/** The rows of the first result set, each as its name and value pairs. */
export const rowsOf = (result: {
  readonly recordset: readonly unknown[];
}): (readonly [string, unknown])[][] =>
  result.recordset.map((row) => Object.entries(row as Record<string, unknown>)); // mssql gives plain objects

/** The rows of the first result set without their column names. */
export const valuesOf = (result: { readonly recordset: readonly unknown[] }): unknown[][] =>
  rowsOf(result).map((row) => row.map(([, value]) => value));

/** A promise and the function that resolves it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
