// The options of a forced failover: asked for in so many words, with the link's name typed, and a reason where something speaks against it.
import type { ForcedDespite } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { UsageError } from "./usage-error.ts";

export interface ForcedOptions {
  readonly to: Side;
  readonly despite: readonly ForcedDespite[];
  readonly reason: string | null;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** For parseArgs. */
export const forcedOptionNames = {
  force: flag,
  reason: text,
  "despite-alive": flag,
  "despite-suspended": flag,
  "despite-working": flag,
} as const;

/** Would promise of a forced failover what it does not do. */
const plannedOnly = ["dry-run", "remove-link", "drop-availability-group"] as const;

type Flag =
  | "force"
  | "despite-alive"
  | "despite-suspended"
  | "despite-working"
  | (typeof plannedOnly)[number];

type Values = Readonly<Partial<Record<"reason", string>>> &
  Readonly<Partial<Record<Flag, boolean>>>;

/** Undefined without --force. Throws UsageError. */
export function parseForcedOptions(
  values: Values,
  to: Side | undefined,
): ForcedOptions | undefined {
  const given = ["reason", "despite-alive", "despite-suspended", "despite-working"];
  if (values.force !== true) {
    const stray = given.find((name) => name in values);
    if (stray === undefined) return undefined;
    throw new UsageError(`--${stray} goes with --force alone.`);
  }
  const planned = plannedOnly.find((name) => values[name] === true);
  if (planned !== undefined) throw new UsageError(`--${planned} does not go with --force.`);
  if (to === undefined) {
    throw new UsageError("--force needs --to box or --to instance: the side that is to take over.");
  }
  const despite = (["alive", "suspended", "working"] as const).filter(
    (one) => values[`despite-${one}`] === true,
  );
  const reason = values.reason?.trim() ?? "";
  if (reason === "" && despite.some((one) => one !== "working")) {
    throw new UsageError("--despite-alive and --despite-suspended need --reason TEXT.");
  }
  return {
    to,
    despite,
    reason: reason === "" ? null : reason,
  };
}
