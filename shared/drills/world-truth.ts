// What a drill takes from the practice world's own account of itself.
import { z } from "zod";

const side = z.enum(["box", "instance"]);

const sideTruth = z.object({
  name: z.string(),
  isPartnerConnected: z.boolean(),
  isSuspended: z.boolean(),
  linkDropped: z.boolean(),
  takesWrites: z.boolean(),
  rows: z.object({ count: z.number(), onlyHere: z.number() }),
});

/** The answer to `{"ask":"truth"}`; what is not named here is left out. */
export const worldTruth = z.object({
  nowMs: z.number(),
  box: sideTruth,
  instance: sideTruth,
  primaries: z.array(side),
  /** How long nobody took writing since the world began, all together. */
  closedMs: z.number(),
  /** Databases that were restored beside the linked one. */
  restored: z.array(z.object({ server: side, name: z.string(), rows: z.number() })),
  gone: z.object({
    lost: z.array(z.number()),
    saved: z.array(
      z.object({
        server: side,
        path: z.string(),
        position: z.number(),
        rows: z.array(z.number()),
      }),
    ),
  }),
});

export type WorldTruth = z.output<typeof worldTruth>;
