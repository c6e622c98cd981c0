// The picture of a forced failover: what is known of both sides now, and the two primaries afterwards.
import { Flow } from "../ui/flow.tsx";
import type { ChipRole } from "../ui/role-chip.tsx";
import type { ForcedSides } from "./forced-type.ts";
import { Node } from "./now-after.tsx";

export function ForcedNowAfter({ sides }: { readonly sides: ForcedSides }) {
  const { own, other } = sides;
  return (
    <aside className="now-after" aria-label="Now and after the failover">
      <h4>Now</h4>
      <Row sides={sides} role={own.role} otherRole={other.role} />
      <h4>After</h4>
      <Row sides={sides} role="PRIMARY" otherRole="PRIMARY" isSplit />
      <ul>
        <li>
          What {other.name} committed and {own.name} does not have is lost.
        </li>
        <li>
          {other.name} still takes itself for the primary when it comes back: it has to be demoted.
        </li>
        <li>Applications must connect to {own.name}. Nothing redirects them.</li>
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
    ? `Nothing flows between ${own.name} and ${other.name}`
    : `Whether anything still flows to ${own.name} is watched later`;
  const [left, right] = own.side === "box" ? nodes : [...nodes].reverse();
  return (
    <div className="now-after-row">
      {left === undefined ? null : <Node {...left} />}
      <Flow direction="none" width={40} label={label} />
      {right === undefined ? null : <Node {...right} />}
    </div>
  );
}
