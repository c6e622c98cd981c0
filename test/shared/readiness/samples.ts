// A readiness assessment's input for tests: a healthy link, and two servers with the same things of their own.
import type { ReadinessInput } from "../../../shared/readiness/input.ts";
import type { LoginUser, ServerObjects } from "../../../shared/readiness/server-objects.ts";
import { assess, findingsOf } from "../../../shared/readiness/assess.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { names, seen } from "../estate/sample-estate.ts";
import type { InputChanges } from "../checks/sample-input.ts";
import { input } from "../checks/sample-input.ts";

export const database = input().link.databases[0] ?? "";

export const app = { name: "app", type: "S", sid: "0x01AA", isDisabled: false } as const;

export function user(name: string, sid: string, type: LoginUser["type"] = "S"): LoginUser {
  return { database, name, type, sid };
}

export const alike: ServerObjects = {
  collation: seen("Latin1_General_CI_AS"),
  logins: seen([app]),
  users: seen([user("app", app.sid)]),
  jobs: seen([{ name: "Nightly", isEnabled: true, usesLink: true }]),
  linkedServers: seen(["ERP01"]),
  credentials: seen(["files"]),
  logUse: seen([{ database, activeMb: 10, totalMb: 100, reuseWait: "NOTHING" }]),
  space: seen({ kind: "reserved", reservedMb: 1000, usedMb: 100 }),
};

export interface Own extends InputChanges {
  readonly onBox?: Partial<ServerObjects>;
  readonly onInstance?: Partial<ServerObjects>;
}

export function readinessInput({ onBox, onInstance, ...changes }: Own = {}): ReadinessInput {
  const objects: Readonly<Record<Side, ServerObjects>> = {
    box: { ...alike, ...onBox },
    instance: { ...alike, ...onInstance },
  };
  return { ...input(changes), objects };
}

export const when = { environment: "test", at: "2026-11-22T01:00:00.000Z" } as const;

/** What one check says, as `level side: sentence`. */
export function saidBy(check: string, own: Own = {}): readonly string[] {
  return findingsOf(assess(readinessInput(own), when))
    .filter((finding) => finding.check === check)
    .map(({ level, where, summary }) => `${level} ${where}: ${summary}`);
}

export { names, seen };
