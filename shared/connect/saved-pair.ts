// A SQL Server and an instance that were connected to together, as they are remembered: never with a secret. Contract.
import { z } from "zod";
import type { Side } from "../estate/estate.ts";

const text = (most: number) => z.string().trim().min(1).max(most);

/** DOMAIN\\user. */
export const windowsLoginPattern = /^[^\\\s]+\\[^\\]+$/;

export const windowsLogin = text(128).regex(windowsLoginPattern);

/** How somebody logs in, without what proves it. */
const savedAuthentication = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sqlLogin"), login: text(128) }),
  z.strictObject({ kind: z.literal("entra") }),
  z.strictObject({ kind: z.literal("windows"), login: windowsLogin }),
  z.strictObject({ kind: z.literal("windowsSession") }),
]);

const savedServer = z.strictObject({
  /** As it was typed: name, name\instance, name,port. */
  server: text(300),
  /** As the server called itself. */
  serverName: text(256),
  usePublicEndpoint: z.boolean(),
  encrypt: z.enum(["strict", "mandatory", "optional"]),
  authentication: savedAuthentication,
  /** SHA-256 of the one certificate that is trusted for this server; null: the system's trust decides. */
  trustedFingerprint: z
    .string()
    .regex(/^[0-9A-F]{64}$/)
    .nullable(),
});

export const savedPair = z.strictObject({
  /** Given by the operator; null: the servers' own. */
  name: text(100).nullable(),
  environment: z.enum(["practice", "test", "production"]),
  isPinned: z.boolean(),
  /** When it was last connected, ISO 8601 UTC. */
  usedAt: z.iso.datetime(),
  box: savedServer,
  instance: savedServer,
});

export type SavedAuthentication = z.output<typeof savedAuthentication>;
export type SavedServer = Readonly<z.output<typeof savedServer>>;
export type SavedPair = Readonly<z.output<typeof savedPair>>;

/** A way to log in that has a login and its password; the others are signed in already. */
export function hasPassword<T extends { readonly kind: SavedAuthentication["kind"] }>(
  authentication: T,
): authentication is Extract<T, { readonly kind: "sqlLogin" | "windows" }> {
  return authentication.kind === "sqlLogin" || authentication.kind === "windows";
}

/** Pairs that are not pinned, and pairs at all: older ones are forgotten. */
export const mostRecent = 12;
export const mostPairs = 100;

/** The same for every pair of these two addresses. */
export function pairIdOf(pair: Pick<SavedPair, Side>): string {
  const of = ({ server, usePublicEndpoint }: SavedServer) =>
    `${server.toLowerCase()}${usePublicEndpoint ? " public" : ""}`;
  return `${of(pair.box)} | ${of(pair.instance)}`;
}

/** Pinned ones first, each part with the latest first; no more than are kept. */
export function ordered(pairs: readonly SavedPair[]): readonly SavedPair[] {
  const latestFirst = pairs.toSorted((one, other) => other.usedAt.localeCompare(one.usedAt));
  const pinned = latestFirst.filter(({ isPinned }) => isPinned);
  const recent = latestFirst.filter(({ isPinned }) => !isPinned).slice(0, mostRecent);
  return [...pinned, ...recent].slice(0, mostPairs);
}

/** A pair that was connected now. One that was known keeps its name and its pin. */
export function withUsed(pairs: readonly SavedPair[], used: SavedPair): readonly SavedPair[] {
  const id = pairIdOf(used);
  const known = pairs.find((one) => pairIdOf(one) === id);
  const kept = known === undefined ? used : { ...used, name: known.name, isPinned: known.isPinned };
  return ordered([kept, ...pairs.filter((one) => one !== known)]);
}

export type PairChange =
  | { readonly kind: "pin"; readonly isPinned: boolean }
  | { readonly kind: "rename"; readonly name: string | null }
  | { readonly kind: "remove" };

/** The same pairs where there is none of that id. */
export function withChange(
  pairs: readonly SavedPair[],
  pairId: string,
  change: PairChange,
): readonly SavedPair[] {
  const changed = (pair: SavedPair): readonly SavedPair[] => {
    switch (change.kind) {
      case "pin":
        return [{ ...pair, isPinned: change.isPinned }];
      case "rename":
        return [{ ...pair, name: change.name }];
      case "remove":
        return [];
    }
  };
  return ordered(pairs.flatMap((pair) => (pairIdOf(pair) === pairId ? changed(pair) : [pair])));
}
