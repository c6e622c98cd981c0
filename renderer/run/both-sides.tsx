// What both sides of the link say: their roles as planned from, now, and as expected at the end.
import type { Role, Side } from "../../shared/estate/estate.ts";
import type { RunState } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { ageText } from "../ui/age-text.ts";
import { RoleChip } from "../ui/role-chip.tsx";
import { shortName } from "../ui/short-name.ts";
import { expectedRole, lastWords, plannedRole, roleShown } from "./side-words.ts";

/** The newest role known of a side, and when it was seen, ms since 1970. */
export interface RoleNow {
  readonly role: Role | "unreachable" | "unknown" | "absent";
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
    <section className="group" aria-label={text.run.bothSides.title}>
      <h4>{text.run.bothSides.title}</h4>
      <table className="both-sides">
        <thead>
          <tr>
            <td />
            <th scope="col">{text.run.bothSides.before}</th>
            <th scope="col">{text.run.bothSides.now}</th>
            <th scope="col">{text.run.bothSides.expected}</th>
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
          <RoleChip
            role={roleShown(run, side, role)}
            words="pane"
            more={text.ui.seenAgo(ageText(now - atMs))}
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
