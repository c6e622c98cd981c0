// The parsers of what the window chooses: nothing in it is believed before it has the shape of choices. Contract.
import { z } from "zod";
import { offlineWantedInput } from "../offline/contract.ts";
import { repairChoicesInput } from "../repair/contract.ts";

const text = (max: number) => z.string().min(1).max(max);
const side = z.enum(["box", "instance"]);

const gateSettings = z.strictObject({
  stableSeconds: z.number().min(5).max(600),
  leastReadings: z.number().int().min(5).max(600),
  maxSpreadMs: z.number().int().min(100).max(2000),
  patienceSeconds: z.number().min(60).max(3600),
  fallbackSeconds: z.number().min(30).max(3600),
  giveUpSeconds: z.number().min(1).max(86_400).nullable(),
  acceptUnproved: z.boolean(),
  beforeDelete: z.boolean(),
});

export const choicesInput = z.strictObject({
  kind: z.literal("plannedFailover"),
  linkName: text(128),
  to: side,
  keepLink: z.boolean(),
  removal: z.strictObject({
    dropGroup: z.boolean(),
    keepOldCopyClosed: z.boolean(),
    understood: z.boolean(),
  }),
  failoverBy: z.enum(["tsql", "arm"]),
  budgetSeconds: z.number().min(30).max(86_400).nullable(),
  gate: gateSettings,
  letSqlServerBeRead: z.boolean(),
});

const forcedChoicesInput = z.strictObject({
  kind: z.literal("forcedFailover"),
  linkName: text(128),
  to: side,
  failoverBy: z.enum(["tsql", "arm"]),
  despite: z
    .array(z.enum(["alive", "suspended", "working"]))
    .max(3)
    .readonly(),
  reason: text(2000).nullable(),
});

const cleanUpChoicesInput = z.strictObject({
  kind: z.literal("cleanUp"),
  linkName: text(128),
  remove: z.array(text(300)).max(500).readonly(),
});

const hybridChoicesInput = z.strictObject({
  kind: z.literal("hybridBenefit"),
  linkName: text(128),
  usage: z.enum(["Active", "Passive"]),
  isPassiveConfirmed: z.boolean(),
});

/** What the wizard may ask for. */
export const anyChoicesInput = z.discriminatedUnion("kind", [choicesInput, forcedChoicesInput]);

/** Everything that a plan may be made of. */
export const plannableInput = z.discriminatedUnion("kind", [
  ...anyChoicesInput.options,
  cleanUpChoicesInput,
  hybridChoicesInput,
  repairChoicesInput,
  offlineWantedInput,
]);
