// What both sides of the link say: their roles as planned from, now, and as expected at the end.
import type { Side } from "../../shared/estate/estate.ts";
import type { GateReading } from "../../shared/gate/reading.ts";
import type { RunState } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ageText, unknownAfterMs } from "../ui/age-text.ts";
import { RoleChip } from "../ui/role-chip.tsx";
import { expectedRole, lastRole, lastWords, plannedRole } from "./side-words.ts";

export interface BothSidesProps {
  readonly run: RunState;
  readonly gate: GateReading | undefined;
  /** Ms since 1970. */
  readonly now: number;
}

export function BothSides(props: BothSidesProps) {
  return (
    <section className="group" aria-label="What both sides say">
      <h4>What both sides say</h4>
      <table className="both-sides">
        <thead>
          <tr>
            <td />
            <th scope="col">Before</th>
            <th scope="col">Now</th>
            <th scope="col">Expected</th>
          </tr>
        </thead>
        <tbody>
          <SideRow {...props} side="box" />
          <SideRow {...props} side="instance" />
        </tbody>
      </table>
    </section>
  );
}

function SideRow({ run, gate, now, side }: BothSidesProps & { readonly side: Side }) {
  const said = lastRole(run, side, gate);
  const isStale = said === undefined || now - said.atMs > unknownAfterMs;
  const words = lastWords(run, side);
  const name = visibleText(run.started?.plan[side].serverName ?? side);
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        <td>
          <RoleChip role={plannedRole(run, side) ?? "unknown"} words="pane" />
        </td>
        <td>
          <RoleChip
            role={isStale ? "unknown" : (said.role ?? "unknown")}
            words="pane"
            more={said === undefined ? "" : `, seen ${ageText(now - said.atMs)} ago`}
          />
        </td>
        <td>
          <RoleChip role={expectedRole(run, side) ?? "unknown"} words="pane" />
        </td>
      </tr>
      {words === undefined ? null : (
        <tr>
          <td />
          <td colSpan={3} className="quiet">
            {visibleText(words)}
          </td>
        </tr>
      )}
    </>
  );
}
