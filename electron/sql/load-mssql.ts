// Loads mssql when the first connection is made: it costs a fifth of a second at start.
import "./with-resolvers.ts";
import type * as MssqlModule from "mssql";

export type Mssql = typeof MssqlModule;

export async function loadMssql(): Promise<Mssql> {
  // A CommonJS module: Node and the bundler both hand the whole of it over as the default export.
  const loaded: { readonly default: Mssql } = await import("mssql");
  return loaded.default;
}
