// What the window and the main process say to each other of a repair: the choices with their parser, and the look at both copies.
import { z } from "zod";
import type { Side } from "../estate/estate.ts";
import type { CopiesSeen } from "./input.ts";
import type { Proposal } from "./survivor.ts";

/** `stamp` is made by who chooses, so that the same choices give the same plan. */
const savePlace = z.strictObject({
  folder: z.string().min(1).max(200),
  stamp: z.string().regex(/^[A-Za-z0-9]{1,32}$/u),
});

export const repairChoicesInput = z.strictObject({
  kind: z.literal("repair"),
  linkName: z.string().min(1).max(128),
  survivor: z.enum(["box", "instance"]),
  ending: z.enum(["rejoin", "alone"]),
  saveTo: z.strictObject({ box: savePlace.nullable(), instance: savePlace.nullable() }),
  demoteBy: z.enum(["tsql", "arm"]),
  roleChangeType: z.enum(["Forced", "Planned"]),
  writersStopped: z.string().min(1).max(900).nullable(),
});

/** Both copies of a link before its repair, and which of them is proposed to go on; nothing is, of two primaries. */
export interface RepairLook {
  readonly copies: Readonly<Record<Side, CopiesSeen>>;
  readonly proposal: Proposal;
}
