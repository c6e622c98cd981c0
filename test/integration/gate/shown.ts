// What one server shows of the link, as text: while it is the same, every reading of that server says the same.
import { replicaRows } from "../../../practice/world/positions.ts";
import type { ReplicaRow } from "../../../practice/world/replica-row.ts";
import { seesPartner } from "../../../practice/world/sides.ts";
import type { ServerKey, WorldState } from "../../../practice/world/state.ts";

/** All that a reading of the gate is made from, and the same without how far the databases are. */
export interface ShownText {
  readonly all: string;
  readonly butPositions: string;
}

export function shownBy(state: WorldState, key: ServerKey): ShownText {
  const { name, linkRole, localRole, isCutOff, downUntilMs } = state[key];
  const { deniedPermissions, sessions } = state[key];
  const contact = [isCutOff, downUntilMs !== null, seesPartner(state, key)];
  const open = sessions.map(({ openTransaction }) => openTransaction?.transactionId);
  const rows = replicaRows(state, key);
  const states = rows.map((row) => [
    row.replicaId,
    row.databaseStateDesc,
    row.isSuspended,
    row.synchronizationStateDesc,
    row.synchronizationHealthDesc,
  ]);
  const circumstances = [name, deniedPermissions, linkRole, localRole, contact, open];
  return {
    all: JSON.stringify([circumstances, rows.map(withoutTimes)]),
    butPositions: JSON.stringify([circumstances, states]),
  };
}

/** The gate compares no times of the servers. */
function withoutTimes(row: ReplicaRow): readonly unknown[] {
  const values: unknown[] = [];
  for (const [name, value] of Object.entries(row)) if (!name.endsWith("Ms")) values.push(value);
  return values;
}
