// The control protocol: what a request is, one JSON object on one line.
import { z } from "zod";
import type { ArmFault } from "../arm/faults.ts";
import type { EntraFault } from "../entra/faults.ts";
import { isPermission } from "../server/permissions.ts";
import type { Fault } from "../world/world.ts";

const server = z.enum(["box", "instance"]);
const how = z.enum(["cut", "silence"]);
const fall = z.enum(["falls", "refused"]);
const times = z.enum(["never", "once", "each"]);
const permission = z.string().refine(isPermission, "The practice estate checks no such permission");

const fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("linkDisconnected"), on: z.boolean() }),
  z.strictObject({ kind: z.literal("suspended"), server, on: z.boolean() }),
  z.strictObject({ kind: z.literal("restart"), server }),
  z.strictObject({ kind: z.literal("unreachable"), server, on: z.boolean(), how: fall.optional() }),
  z.strictObject({ kind: z.literal("dropConnections"), server }),
  z.strictObject({ kind: z.literal("rolesMoved") }),
  z.strictObject({ kind: z.literal("networkDelay"), ms: z.number().min(0) }),
  z.strictObject({
    kind: z.literal("failoverOutcome"),
    error: z.number().int().min(1),
    rolesMoved: z.enum(["none", "half", "all"]),
  }),
  z.strictObject({ kind: z.literal("roleChangeStalls"), ms: z.number().min(0) }),
  z.strictObject({ kind: z.literal("answerLost"), afterMs: z.number().min(0), how }),
  z.strictObject({
    kind: z.literal("connectionLost"),
    server,
    sessionId: z.number().int().min(1),
    how,
  }),
  z.strictObject({ kind: z.literal("blackhole"), server, on: z.boolean() }),
  z.strictObject({ kind: z.literal("localGroupMoves"), on: z.boolean() }),
  z.strictObject({ kind: z.literal("noAutomaticBackups"), on: z.boolean() }),
  z.strictObject({ kind: z.literal("permissionTaken"), server, permission, on: z.boolean() }),
  z.strictObject({
    kind: z.literal("userCommits"),
    server,
    rows: z.number().int().min(1).max(1000),
  }),
  z.strictObject({ kind: z.literal("commitDuringBackup"), server, times }),
  z.strictObject({
    kind: z.literal("commitAfterBackup"),
    server,
    times,
    afterMs: z.number().min(0),
  }),
  z.strictObject({
    kind: z.literal("backupDevice"),
    server,
    how: z.enum(["works", "cannotOpen", "writeFails", "ioError", "hangs"]),
  }),
  z.strictObject({
    kind: z.literal("backupDamage"),
    server,
    how: z.enum(["none", "flagged", "unreadable"]),
  }),
  z.strictObject({
    kind: z.literal("logChain"),
    server,
    how: z.enum(["simpleModel", "logBackupMissing", "otherFork"]),
  }),
  z.strictObject({ kind: z.literal("forced"), server }),
  z.strictObject({ kind: z.literal("demoted"), server }),
  z.strictObject({ kind: z.literal("writersStopped") }),
]) satisfies z.ZodType<Fault>;

const count = z.number().int().min(0);
const seconds = count;
const ms = z.number().min(0);

const entraFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("refreshTokensRevoked") }),
  z.strictObject({ kind: z.literal("consentDeclined"), on: z.boolean() }),
  z.strictObject({ kind: z.literal("slow"), ms }),
  z.strictObject({ kind: z.literal("tenantSlow"), tenantId: z.string(), ms }),
  z.strictObject({
    kind: z.literal("tenantFails"),
    tenantId: z.string(),
    how: z.enum(["mfaRequired", "blocked", "unavailable"]),
    on: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("tokenLifetime"), seconds }),
  z.strictObject({
    kind: z.literal("deviceCodes"),
    lifetimeSeconds: seconds,
    intervalSeconds: seconds,
  }),
]) satisfies z.ZodType<EntraFault>;

const armFault = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("throttled"),
    requests: count,
    retryAfterSeconds: seconds,
  }),
  z.strictObject({ kind: z.literal("unavailable"), requests: count }),
  z.strictObject({ kind: z.literal("tokensRefused"), requests: count }),
  z.strictObject({ kind: z.literal("slow"), ms }),
  z.strictObject({
    kind: z.literal("role"),
    upn: z.string(),
    role: z.enum(["contributor", "linkOperator", "reader", "none"]).nullable(),
  }),
  z.strictObject({
    kind: z.literal("subscription"),
    subscriptionId: z.string(),
    how: z.enum(["works", "forbidden", "disabled"]),
  }),
  z.strictObject({ kind: z.literal("operationNeverEnds"), carriedOut: z.boolean() }),
  z.strictObject({
    kind: z.literal("operationFails"),
    code: z.string().regex(/^[A-Za-z]+$/),
    carriedOut: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("operationAnswerLost") }),
  z.strictObject({ kind: z.literal("operationResultsGone"), on: z.boolean() }),
]) satisfies z.ZodType<ArmFault>;

const id = z.union([z.number(), z.string()]).optional();

/** `{"id":1,"ask":"truth"}` reads; `{"id":2,"do":"workload","running":false}` changes. The id is echoed. */
export const controlRequest = z.union([
  z.strictObject({ id, ask: z.enum(["truth", "statements", "changes", "clock", "azure"]) }),
  z.discriminatedUnion("do", [
    z.strictObject({ id, do: z.literal("workload"), running: z.boolean() }),
    z.strictObject({ id, do: z.literal("fault"), fault }),
    z.strictObject({ id, do: z.literal("entraFault"), fault: entraFault }),
    z.strictObject({ id, do: z.literal("armFault"), fault: armFault }),
    /** World time forward by `ms`, whatever the clock does. */
    z.strictObject({ id, do: z.literal("advance"), ms: z.number().int().min(0) }),
    /** 0 lets the world stand still. */
    z.strictObject({ id, do: z.literal("clock"), speed: z.number().min(0).max(1000) }),
    /** The world begins anew with a scenario; logins and addresses stay. */
    z.strictObject({ id, do: z.literal("startOver"), scenario: z.string() }),
    z.strictObject({ id, do: z.literal("stop") }),
  ]),
]);

export type ControlRequest = z.infer<typeof controlRequest>;

/** `value` is what was asked for; null after a change. */
export type ControlAnswer =
  | { readonly id: number | string | null; readonly ok: true; readonly value: unknown }
  | { readonly id: number | string | null; readonly ok: false; readonly error: string };
