// The first half of a repair: what both sides show, which of them goes on, and where what the other one holds is saved.
import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import type { Side } from "../../shared/estate/estate.ts";
import type { LinkLook } from "../../shared/estate/link-state.ts";
import type { Broken } from "../../shared/repair/input.ts";
import type { LinkPicture } from "../monitor/link-picture.ts";
import { text } from "../text.ts";
import { RoleChip } from "../ui/role-chip.tsx";
import { SideTable } from "../ui/side-table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { DemotionView, EndingView } from "./ending-view.tsx";
import { asksSetRole, demotedSide, proposalWords, savedSides } from "./repair-state.ts";
import { sideRows } from "./sides-facts.ts";
import type { RepairControls } from "./use-repair.ts";

const words = text.repair;

export interface ChoicesViewProps {
  readonly controls: RepairControls;
  readonly broken: Broken;
  readonly picture: LinkPicture;
  readonly names: Readonly<Record<Side, string>>;
  readonly look: LinkLook;
  /** Undefined: somebody is signed in. */
  readonly onSignIn: (() => void) | undefined;
}

const sides: readonly Side[] = ["box", "instance"];

export function ChoicesView(props: ChoicesViewProps) {
  return (
    <>
      <Sides {...props} />
      <Survivor {...props} />
      <EndingView {...props} />
      <DemotionView {...props} />
      <Saving {...props} />
      <WritersStopped {...props} />
    </>
  );
}

function Sides({ controls, broken, picture, names }: ChoicesViewProps) {
  return (
    <section className="group" aria-label={words.sides.title}>
      <h4>{words.sides.title}</h4>
      <SideTable names={names} rows={sideRows(picture, controls.look, broken)}>
        <tr>
          <th scope="row">{words.sides.role}</th>
          {sides.map((side) => (
            <td key={side}>
              <RoleChip
                role={picture.sides[side].end?.role ?? "unknown"}
                words="pane"
                isBad={broken === "splitBrain"}
              />
            </td>
          ))}
        </tr>
      </SideTable>
    </section>
  );
}

function Survivor({ controls, broken, names }: ChoicesViewProps) {
  const { answers, answer, look, planning } = controls;
  const proposal = proposalWords(broken, look, names);
  const verb = broken === "splitBrain" ? "stays" : "becomes";
  return (
    <section className="group" aria-label={words.survivor.title(verb)}>
      <h4>{words.survivor.title(verb)}</h4>
      {proposal === undefined ? null : <p>{proposal}</p>}
      <Field label={words.survivor.field(verb)} size="small" required>
        <RadioGroup
          value={answers.survivor ?? ""}
          disabled={planning.isBusy}
          onChange={(_event, { value }) => {
            const survivor = sides.find((side) => side === value);
            if (survivor !== undefined) answer({ survivor });
          }}
        >
          {sides.map((side) => (
            <Radio key={side} value={side} label={names[side]} />
          ))}
        </RadioGroup>
      </Field>
    </section>
  );
}

function Saving({ controls, broken, names }: ChoicesViewProps) {
  const { answers, answer, planning } = controls;
  const saved = savedSides(broken, answers);
  if (saved.length === 0) return null;
  return (
    <section className="group" aria-label={words.saving.label}>
      <h4>{words.saving.title}</h4>
      {saved.map((side) => (
        <TextField
          key={side}
          label={words.saving[side].field(names[side], broken !== "splitBrain")}
          value={answers.folders[side]}
          maxLength={200}
          hint={words.saving[side].hint}
          isLocked={planning.isBusy}
          onChange={(folder) => {
            answer({ folders: { ...answers.folders, [side]: folder } });
          }}
        />
      ))}
    </section>
  );
}

/** Without a primary nobody can write, and where the link is removed everybody may. */
function WritersStopped({ controls, broken, names }: ChoicesViewProps) {
  const { answers, answer, planning } = controls;
  const side = demotedSide(broken, answers);
  if (side === undefined) return null;
  return (
    <section className="group" aria-label={words.writers.title}>
      <h4>{words.writers.title}</h4>
      <TextField
        label={words.writers.field(names[side], !asksSetRole(broken, answers))}
        value={answers.writersStopped}
        maxLength={900}
        hint={words.writers.hint}
        isLocked={planning.isBusy}
        onChange={(writersStopped) => {
          answer({ writersStopped });
        }}
      />
    </section>
  );
}
