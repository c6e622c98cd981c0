// The shape of an action's file: everything screen, runner and script say and do of one action.
import type { Role, Side } from "../../estate/estate.ts";
import type { AzureRequest } from "../azure-request.ts";
import type { ExpectedRole, Plan, Step, Undo } from "../plan.ts";

/** What a plan is about, without its steps. */
export type PlanFrame = Omit<Plan, "summary" | "acceptedWarnings" | "steps">;

/** Whether a second planned failover could take the database back to where it comes from (versions and update policy). */
export type WayBack =
  | { readonly kind: "online" }
  /** `first`: what has to be done before: 'once SQLBOX01 has CU13'. */
  | { readonly kind: "onlineAfter"; readonly first: string }
  | { readonly kind: "none" | "unknown"; readonly because: string };

export interface ActionForm {
  /** Part of the step's id: 'wait-for-gate'. */
  readonly slug: string;
  readonly title: string;
  /** What goes on while it runs, one sentence. */
  readonly sentence: string;
  readonly runsOn: Step["runsOn"];
  readonly why: string;
  readonly rolesBefore: Readonly<Record<Side, ExpectedRole>>;
  /** The guarded batch it sends; absent when it only reads. */
  readonly statement?: string;
  /** What it asks of Azure; absent for every other step. */
  readonly request?: AzureRequest;
  readonly instead?: Step["instead"];
  readonly takeBack?: Step["takeBack"];
  readonly doneWhen: string;
  readonly undo: (wayBack: WayBack) => Undo;
  readonly safeToStopAfter: boolean;
  readonly onFailure: Step["onFailure"];
  /** What stands in each server's script for it; a server without an entry has nothing to do. */
  readonly script: Readonly<Partial<Record<Side, ScriptPart>>>;
}

export interface ScriptPart {
  /** One T-SQL batch, or the beginning of one. */
  readonly text: string;
  /** `nextPart`: stands in one batch with the next part of the same server, since a THROW ends only its own batch. */
  readonly endsWith: "batch" | "nextPart";
}

/** The roles when `primary` has the database. */
export function rolesWith(primary: Side): Readonly<Record<Side, Role>> {
  return {
    box: primary === "box" ? "PRIMARY" : "SECONDARY",
    instance: primary === "instance" ? "PRIMARY" : "SECONDARY",
  };
}

export function otherSide(side: Side): Side {
  return side === "box" ? "instance" : "box";
}

/** 'SQL Server' or 'SQL Managed Instance', as SSMS calls them. */
export function kindOfServer(side: Side): string {
  return side === "box" ? "SQL Server" : "SQL Managed Instance";
}

/** 'a', 'a and b', 'a, b and c'. */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
