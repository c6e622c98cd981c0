// Reads one line of a journal back: nothing in it is believed before it has the shape of an event of this version.
import { z } from "zod";
import type { Finding } from "../checks/finding.ts";
import { AppError } from "../errors/app-error.ts";
import type { Problem } from "../errors/app-error.ts";
import { availabilityMode, planSchema, requestSchema } from "../plan/parse.ts";
import { visibleText } from "../visible-text.ts";
import { operationStateSchema } from "./azure-operation.ts";
import type {
  AzureReadBack,
  GateSeen,
  RunEvent,
  RunEventBody,
  Seen,
  SideReadBack,
} from "./events.ts";
import { migrationSeenSchema } from "./migration-seen.ts";

const side = z.enum(["box", "instance"]);
const sideOrBoth = z.enum(["box", "instance", "both"]);
const role = z.enum(["PRIMARY", "SECONDARY", "RESOLVING"]);
const stepId = z.string();
const because = z.string();
const elapsedMs = z.number();

const problem: z.ZodType<Problem> = z.strictObject({
  code: z.string(),
  class: z.enum(["info", "wait", "retry", "wrongSide", "block", "ambiguous", "fatal"]),
  summary: z.string(),
  detail: z.string().exactOptional(),
  remedy: z.string(),
  sqlNumber: z.number().exactOptional(),
});

const finding: z.ZodType<Finding> = z.strictObject({
  check: z.string(),
  level: z.enum(["passed", "warning", "failed", "unknown", "waits"]),
  blocks: z.boolean(),
  where: sideOrBoth,
  server: z.string(),
  summary: z.string(),
  remedy: z.string(),
});

const seen: z.ZodType<readonly Seen[]> = z.array(
  z.strictObject({ where: z.enum(["box", "instance", "both", "azure"]), what: z.string() }),
);

const position = z.strictObject({
  lastCommitLsn: z.string().nullable(),
  endOfLogLsn: z.string().nullable(),
  lastHardenedLsn: z.string().nullable(),
});

const gate: z.ZodType<GateSeen> = z.strictObject({
  verdict: z.enum(["open", "shut"]),
  by: z.enum(["commitLsn", "fallback", "tick"]).exactOptional(),
  sentence: z.string(),
  heldSince: z.string().nullable(),
  positions: z.array(
    z.strictObject({ database: z.string(), primary: position, secondary: position }),
  ),
});

const databases = z.array(
  z.strictObject({
    name: z.string(),
    state: z.string().nullable().exactOptional(),
    updateability: z.string().nullable(),
    synchronizationState: z.string().nullable(),
  }),
);

const sideReadBack: z.ZodType<SideReadBack> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unreadable"), because }),
  z.strictObject({
    kind: z.literal("seen"),
    serverName: z.string(),
    serverTime: z.string(),
    role: role.nullable(),
    synchronizationHealth: z.string().nullable(),
    databases,
    commitModes: z.record(z.string(), availabilityMode).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("withoutLink"),
    serverName: z.string(),
    serverTime: z.string(),
    databases,
    groupNames: z.array(z.string()).nullable(),
  }),
]);

const azureReadBack: z.ZodType<AzureReadBack> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unreadable"), because }),
  z.strictObject({ kind: z.literal("gone") }),
  z.strictObject({ kind: z.literal("seen"), replicationMode: z.string().nullable() }),
]);

const eventSchema: z.ZodType<RunEvent> = z.discriminatedUnion("kind", [
  event("runStarted", {
    runId: z.string(),
    plan: planSchema,
    planHash: z.string(),
    operator: z.string(),
    toolHost: z.string(),
    processId: z.number(),
    toolVersion: z.string(),
    logins: z.strictObject({ box: z.string(), instance: z.string() }),
    findings: z.array(finding),
    serverTimes: z
      .strictObject({ box: z.string().exactOptional(), instance: z.string().exactOptional() })
      .exactOptional(),
  }),
  event("lockTaken", { side }),
  event("lockNotTaken", { side, because }),
  event("lockLost", { side, because }),
  event("stepBegan", {
    stepId,
    statement: z.string().exactOptional(),
    request: requestSchema.exactOptional(),
    connection: z
      .strictObject({ side, sessionId: z.number(), loginTime: z.string() })
      .exactOptional(),
  }),
  event("operationAccepted", { stepId, operation: operationStateSchema }),
  event("undoBegan", {
    stepId,
    statement: z.string().exactOptional(),
    request: requestSchema.exactOptional(),
  }),
  event("undoEnded", {
    stepId,
    outcome: z.enum(["succeeded", "failed", "unknown"]),
    summary: z.string(),
  }),
  event("statementFailed", { stepId, problem }),
  event("readBack", {
    stepId,
    sides: z.strictObject({ box: sideReadBack, instance: sideReadBack }),
    azure: azureReadBack.exactOptional(),
  }),
  event("statementReturned", { stepId, elapsedMs }),
  event("answerLost", { stepId, problem }),
  event("stepProgress", { stepId, seen, elapsedMs, gate: gate.exactOptional() }),
  event("stepEnded", {
    stepId,
    outcome: z.enum(["succeeded", "warning", "failed", "unknown", "skipped", "stopped"]),
    summary: z.string(),
    seen,
    elapsedMs,
    problem: problem.exactOptional(),
    gate: gate.exactOptional(),
    migration: migrationSeenSchema.exactOptional(),
  }),
  event("stopRequested", { because: z.literal("windowClosed").exactOptional() }),
  event("lookedAt", {
    stepId: stepId.nullable(),
    conclusion: z.enum(["happened", "didNotHappen", "stillRunning", "cannotSay"]),
    summary: z.string(),
    seen,
  }),
  event("runEnded", {
    outcome: z.enum(["succeeded", "warning", "failed", "stopped", "unknown", "notReady"]),
    summary: z.string(),
  }),
]);

/** One event. Throws AppError `eventUnreadable` that names its kind, or the first thing in it that does not fit. */
export function parseEvent(value: unknown): RunEvent {
  const answer = eventSchema.safeParse(value);
  if (answer.success) return answer.data;
  const issue = answer.error.issues[0];
  const kind = kindOf(value);
  const isUnknownKind = issue?.code === "invalid_union" && issue.path.at(-1) === "kind";
  throw new AppError(
    {
      code: "eventUnreadable",
      class: "fatal",
      summary: isUnknownKind
        ? `The journal holds an event of the kind "${kind}", which this version does not know.`
        : `The journal holds an event of the kind "${kind}" that does not have its shape.`,
      detail: issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`,
      remedy: "Use the version that wrote the journal; read both sides before anything else.",
    },
    answer.error,
  );
}

function event<K extends RunEventBody["kind"], S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.strictObject({
    sequence: z.number(),
    at: z.string(),
    kind: z.literal(kind),
    ...shape,
  });
}

function kindOf(value: unknown): string {
  const parsed = z.looseObject({ kind: z.string() }).safeParse(value);
  return parsed.success ? visibleText(parsed.data.kind) : "none";
}
