// What both sides of the link say: their roles as planned from, now, and as expected at the end.
import type { Side } from "../../shared/estate/estate.ts";
import type { RunState } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ageText } from "../ui/age-text.ts";
import { RoleChip } from "../ui/role-chip.tsx";
import { shortName } from "../ui/short-name.ts";
import type { LinkRole } from "./side-words.ts";
import { expectedRole, lastWords, plannedRole } from "./side-words.ts";

/** The newest role known of a side, and when it was seen, ms since 1970. */
export interface RoleNow {
  readonly role: LinkRole | "unreachable" | "unknown";
  readonly atMs: number;
}

export interface BothSidesProps {
  readonly run: RunState;
  readonly roles: Readonly<Record<Side, RoleNow>>;
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

function SideRow({ run, roles, now, side }: BothSidesProps & { readonly side: Side }) {
  const { role, atMs } = roles[side];
  const words = lastWords(run, side);
  return (
    <>
      <tr>
        <th scope="row">
          {visibleText(shortName(side, run.started?.plan[side].serverName ?? side))}
        </th>
        <td>
          <RoleChip role={plannedRole(run, side) ?? "unknown"} words="pane" />
        </td>
        <td>
          <RoleChip role={role} words="pane" more={`, seen ${ageText(now - atMs)} ago`} />
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
