// Reads a saved plan back: nothing in it is believed before it has the shape of this version's plan.
import { z } from "zod";
import { AppError } from "../errors/app-error.ts";
import type { AzureRequest } from "./azure-request.ts";
import type { Plan } from "./plan.ts";

const side = z.enum(["box", "instance"]);
const sideOrBoth = z.enum(["box", "instance", "both"]);
const role = z.enum(["PRIMARY", "SECONDARY", "RESOLVING"]);
const expectedRole = z.enum(["PRIMARY", "SECONDARY", "RESOLVING", "absent", "any", "unasked"]);
export const availabilityMode = z.enum([
  "ASYNCHRONOUS_COMMIT",
  "SYNCHRONOUS_COMMIT",
  "CONFIGURATION_ONLY",
]);

function perSide<T extends z.ZodType>(value: T) {
  return z.strictObject({ box: value, instance: value });
}

const gate = z.strictObject({
  stableSeconds: z.number(),
  leastReadings: z.number(),
  maxSpreadMs: z.number(),
  patienceSeconds: z.number(),
  fallbackSeconds: z.number(),
  giveUpSeconds: z.number().nullable(),
  acceptUnproved: z.boolean(),
  beforeDelete: z.boolean(),
});

const covered = z.strictObject({
  database: z.string(),
  by: z.array(z.string()),
  isPositionKnown: z.boolean(),
});

const action = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("waitForGate"), primary: side, gate }),
  z.strictObject({
    kind: z.literal("setCommitMode"),
    modes: z.array(z.strictObject({ replica: z.string(), previous: availabilityMode })),
  }),
  z.strictObject({
    kind: z.literal("setReplicationMode"),
    mode: z.literal("Sync"),
    previous: z.literal("Async"),
  }),
  z.strictObject({
    kind: z.literal("failover"),
    group: z.string(),
    primary: side,
    by: z.enum(["tsql", "arm"]),
  }),
  z.strictObject({ kind: z.literal("waitForFullBackup"), databases: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal("removeLink"),
    onlyWhile: z.enum([
      "gateIsOpen",
      "backupIsSeen",
      "rolesAreSeen",
      "nothingArrives",
      "bothArePrimary",
    ]),
  }),
  z.strictObject({ kind: z.literal("dropDistributedGroup"), group: z.string() }),
  z.strictObject({
    kind: z.literal("lookAtOldCopy"),
    side,
    databases: z.array(z.string()),
    since: z.enum(["gate", "itself"]),
    seconds: z.number(),
  }),
  z.strictObject({ kind: z.literal("dropGroup"), group: z.string() }),
  z.strictObject({ kind: z.literal("setReadOnly"), database: z.string() }),
  z.strictObject({ kind: z.literal("verifyRemoved"), groupStays: z.boolean() }),
  z.strictObject({
    kind: z.literal("lookBeforeForce"),
    side,
    databases: z.array(z.string()),
    seconds: z.number(),
    despite: z.array(z.enum(["alive", "suspended", "working"])),
  }),
  z.strictObject({
    kind: z.literal("force"),
    group: z.string(),
    side,
    by: z.enum(["tsql", "arm"]),
    silentSeconds: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal("verifyForced"),
    side,
    databases: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal("waitForNoWriters"),
    side,
    databases: z.array(z.string()),
    seconds: z.number(),
  }),
  z.strictObject({
    kind: z.literal("saveCopy"),
    side,
    database: z.string(),
    method: z.enum(["log", "logNoTruncate", "database"]),
    to: z.string(),
    attempt: z.union([z.literal(1), z.literal(2)]),
  }),
  z.strictObject({
    kind: z.literal("demote"),
    group: z.string(),
    side,
    by: z.enum(["tsql", "arm"]),
    roleChangeType: z.enum(["Forced", "Planned"]),
    covered: z.array(covered),
  }),
  z.strictObject({
    kind: z.literal("restoreCopy"),
    as: z.string(),
    covered,
    files: z.array(z.strictObject({ logicalName: z.string(), to: z.string() })),
  }),
  z.strictObject({ kind: z.literal("verifyRestored"), as: z.string(), covered }),
  z.strictObject({ kind: z.literal("resumeData"), side, database: z.string() }),
  z.strictObject({ kind: z.literal("dropEndpoint"), endpoint: z.string() }),
  z.strictObject({
    kind: z.literal("dropCertificate"),
    certificate: z.string(),
    use: z.enum(["endpoint", "partner", "authority"]),
  }),
  z.strictObject({
    kind: z.literal("turnOffTraceFlag"),
    flag: z.number(),
    isStartup: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("removeTrustCertificate"), certificate: z.string() }),
  z.strictObject({
    kind: z.literal("setHybridUsage"),
    usage: z.enum(["Active", "Passive"]),
    previous: z.enum(["Active", "Passive"]),
    instanceRole: role,
  }),
  z.strictObject({ kind: z.literal("verifyAlone"), databases: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("checkMigration"), databases: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("verifyRoles"), roles: perSide(role), readWriteOn: side }),
  z.strictObject({
    kind: z.literal("allowSecondaryConnections"),
    group: z.string(),
    replica: z.string(),
    previous: z.enum(["NO", "READ_ONLY"]).nullable(),
  }),
]);

export const requestSchema: z.ZodType<AzureRequest> = z.strictObject({
  method: z.enum(["PATCH", "DELETE", "POST"]),
  path: z.string(),
  apiVersion: z.string(),
  body: z.record(z.string(), z.unknown()).exactOptional(),
});

const undo = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("changesNothing") }),
  z.strictObject({ kind: z.literal("undoable"), how: z.string() }),
  z.strictObject({ kind: z.literal("undoableAtCost"), how: z.string(), cost: z.string() }),
  z.strictObject({ kind: z.literal("irreversible"), why: z.string() }),
]);

const step = z.strictObject({
  id: z.string(),
  title: z.string(),
  runsOn: z.enum(["box", "instance", "both", "azure"]),
  why: z.string(),
  rolesBefore: perSide(expectedRole),
  action,
  statement: z.string().exactOptional(),
  request: requestSchema.exactOptional(),
  instead: z.strictObject({ runsOn: side, statement: z.string() }).exactOptional(),
  takeBack: z
    .union([z.strictObject({ statement: z.string() }), z.strictObject({ request: requestSchema })])
    .exactOptional(),
  doneWhen: z.string(),
  undo,
  safeToStopAfter: z.boolean(),
  onFailure: z.enum(["stopRun", "warn"]),
});

const server = z.strictObject({
  serverName: z.string(),
  address: z.string(),
  productVersion: z.string().nullable(),
  edition: z.string().nullable(),
  engineEdition: z.number().nullable(),
});

/** Strict: a field of a later version that this one would not obey is refused, not dropped. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  formatVersion: z.literal(3),
  kind: z.enum([
    "plannedFailover",
    "forcedFailover",
    "repair",
    "offlineFailBack",
    "cleanUp",
    "hybridBenefit",
  ]),
  environment: z.enum(["practice", "test", "production"]),
  link: z.strictObject({
    name: z.string(),
    databases: z.array(z.string()),
    boxGroup: z.string(),
    instanceGroup: z.string(),
    groupIds: perSide(z.string().nullable()),
    partnerEndpointUrls: perSide(z.string().nullable()),
  }),
  box: server,
  instance: server,
  from: side,
  to: side,
  move: z.enum(["failover", "delete", "force", "demote", "restore", "none"]),
  keepLink: z.boolean(),
  closeOldCopy: z.enum(["no", "step", "script"]),
  azure: z
    .strictObject({
      tenantId: z.string(),
      subscriptionId: z.string(),
      resourceGroup: z.string(),
      instanceName: z.string(),
    })
    .nullable(),
  budgetSeconds: z.number().nullable(),
  loss: z.array(z.string()).nullable(),
  reason: z.string().nullable(),
  summary: z.string(),
  acceptedWarnings: z.array(z.strictObject({ check: z.string(), where: sideOrBoth })),
  steps: z.array(step),
});

/** A saved plan. Throws AppError `planUnreadable` that names the first thing that does not fit. */
export function parsePlan(value: unknown): Plan {
  const answer = planSchema.safeParse(value);
  if (answer.success) return answer.data;
  const issue = answer.error.issues[0];
  throw new AppError(
    {
      code: "planUnreadable",
      class: "fatal",
      summary:
        "The saved plan was not written by this version of MI Link Failover, or was changed.",
      detail: issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`,
      remedy: "Use the version that wrote it, or read both sides and make a new plan.",
    },
    answer.error,
  );
}
