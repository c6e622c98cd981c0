// What the operator picked: plain data, part of what is approved. Contract.
import type { Side } from "../estate/estate.ts";

/** Product default: design, *Ready to fail over*. */
export interface GateSettings {
  /** Equal and quiet for this long opens the gate, with at least `leastReadings` readings. */
  readonly stableSeconds: number;
  readonly leastReadings: number;
  /** Both sides of a reading must answer within this time of each other. */
  readonly maxSpreadMs: number;
  /** Commit LSN behind with an unmoved primary and empty queues for this long: the fallback is looked at. */
  readonly patienceSeconds: number;
  readonly fallbackSeconds: number;
  /** The run gives up waiting at the gate after this long (outcome notReady); null waits until stopped. */
  readonly giveUpSeconds: number | null;
  /** The operator ticked: "the engine itself waits and refuses (47514-47516); our proof is missing". */
  readonly acceptUnproved: boolean;
}

export interface PlannedFailoverChoices {
  readonly kind: "plannedFailover";
  readonly linkName: string;
  /** The side that is to become primary. */
  readonly to: Side;
  readonly keepLink: true;
  readonly gate: GateSettings;
  /**
   * SSMS's last task: SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL) on SQL Server after it became secondary. Says nothing in a
   * failover to SQL Server: ask `letsCopyBeRead`.
   */
  readonly letSqlServerBeRead: boolean;
}

export type Choices = PlannedFailoverChoices;

/** Whether SQL Server's copy is to be opened for reading: only where SQL Server becomes secondary. */
export function letsCopyBeRead({ to, letSqlServerBeRead }: Choices): boolean {
  return to === "instance" && letSqlServerBeRead;
}

export const defaultGateSettings: GateSettings = {
  stableSeconds: 5,
  leastReadings: 5,
  maxSpreadMs: 2000,
  patienceSeconds: 60,
  fallbackSeconds: 30,
  giveUpSeconds: null,
  acceptUnproved: false,
};
