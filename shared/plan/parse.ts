// Reads a saved plan back: nothing in it is believed before it has the shape of this version's plan.
import { z } from "zod";
import { AppError } from "../errors/app-error.ts";
import type { Plan } from "./plan.ts";

const side = z.enum(["box", "instance"]);
const sideOrBoth = z.enum(["box", "instance", "both"]);
const role = z.enum(["PRIMARY", "SECONDARY", "RESOLVING"]);

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
});

const action = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("waitForGate"), primary: side, gate }),
  z.strictObject({ kind: z.literal("failover"), group: z.string(), primary: side }),
  z.strictObject({ kind: z.literal("verifyRoles"), roles: perSide(role), readWriteOn: side }),
  z.strictObject({
    kind: z.literal("allowSecondaryConnections"),
    group: z.string(),
    replica: z.string(),
    previous: z.enum(["NO", "READ_ONLY"]).nullable(),
  }),
]);

const undo = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("changesNothing") }),
  z.strictObject({ kind: z.literal("undoable"), how: z.string() }),
  z.strictObject({ kind: z.literal("undoableAtCost"), how: z.string(), cost: z.string() }),
  z.strictObject({ kind: z.literal("irreversible"), why: z.string() }),
]);

const step = z.strictObject({
  id: z.string(),
  title: z.string(),
  runsOn: sideOrBoth,
  why: z.string(),
  rolesBefore: perSide(role),
  action,
  statement: z.string().exactOptional(),
  doneWhen: z.string(),
  undo,
  safeToStopAfter: z.boolean(),
  onFailure: z.enum(["stopRun", "warn"]),
});

const server = z.strictObject({
  serverName: z.string(),
  address: z.string(),
  productVersion: z.string(),
  edition: z.string(),
  engineEdition: z.number(),
});

/** Strict: a field of a later version that this one would not obey is refused, not dropped. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  formatVersion: z.literal(1),
  kind: z.literal("plannedFailover"),
  environment: z.enum(["practice", "test", "production"]),
  link: z.strictObject({
    name: z.string(),
    databases: z.array(z.string()),
    boxGroup: z.string(),
    instanceGroup: z.string(),
    groupIds: perSide(z.string()),
    partnerEndpointUrls: perSide(z.string().nullable()),
  }),
  box: server,
  instance: server,
  from: side,
  to: side,
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
