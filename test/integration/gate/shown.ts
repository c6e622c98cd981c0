// What one server shows of the link, as text: while it is the same, every reading of that server says the same.
import { replicaRows } from "../../../practice/world/positions.ts";
import { seesPartner } from "../../../practice/world/sides.ts";
import type { ServerKey, WorldState } from "../../../practice/world/state.ts";

/** All that a reading of the gate is made from but times, of which the gate compares none. */
export function shownBy(state: WorldState, key: ServerKey): string {
  const { name, linkRole, localRole, isCutOff, downUntilMs } = state[key];
  const { deniedPermissions, sessions } = state[key];
  const open = sessions.map(({ openTransaction }) => openTransaction?.transactionId);
  const contact = [isCutOff, downUntilMs !== null, seesPartner(state, key)];
  const all = [name, deniedPermissions, linkRole, localRole, contact, open];
  return JSON.stringify([all, replicaRows(state, key)], (property, value: unknown) =>
    property.endsWith("Ms") ? 0 : value,
  );
}
