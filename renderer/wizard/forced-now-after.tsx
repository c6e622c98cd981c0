// The picture of a forced failover: what is known of both sides now, and the two primaries afterwards.
import { text } from "../text.ts";
import { Flow } from "../ui/flow.tsx";
import type { ChipRole } from "../ui/role-chip.tsx";
import type { ForcedSides } from "./forced-type.ts";
import { Node } from "./now-after.tsx";

const words = text.wizard.nowAfter;

export function ForcedNowAfter({ sides }: { readonly sides: ForcedSides }) {
  const { own, other } = sides;
  return (
    <aside className="now-after" aria-label={words.label}>
      <h4>{words.now}</h4>
      <Row sides={sides} role={own.role} otherRole={other.role} />
      <h4>{words.after}</h4>
      <Row sides={sides} role="PRIMARY" otherRole="PRIMARY" isSplit />
      <ul>
        <li>{words.lost(other.name, own.name)}</li>
        <li>{words.demote(other.name)}</li>
        <li>{words.connectTo(own.name)}</li>
      </ul>
    </aside>
  );
}

interface RowProps {
  readonly sides: ForcedSides;
  readonly role: ChipRole;
  readonly otherRole: ChipRole;
  readonly isSplit?: boolean;
}

/** SQL Server left, whichever side takes over. */
function Row({ sides: { own, other }, role, otherRole, isSplit = false }: RowProps) {
  const nodes = [
    { replica: own, role, isBad: false },
    { replica: other, role: otherRole, isBad: isSplit },
  ];
  const label = isSplit
    ? text.wizard.flow.nothing(own.name, other.name)
    : text.wizard.flow.watchedLater(own.name);
  const [left, right] = own.side === "box" ? nodes : [...nodes].reverse();
  return (
    <div className="now-after-row">
      {left === undefined ? null : <Node {...left} />}
      <Flow direction="none" width={40} label={label} />
      {right === undefined ? null : <Node {...right} />}
    </div>
  );
}
