// Is the primary really gone? The watch of the side that takes over, second by second, and what has to be accepted to go on.
import { Button, Checkbox, ProgressBar } from "@fluentui/react-components";
import { text } from "../text.ts";
import { Verdict } from "../ui/verdict.tsx";
import { ForcedReasonField } from "./forced-reason-field.tsx";
import type { ForcedSides } from "./forced-type.ts";
import { forcedSides } from "./forced-type.ts";
import type { TargetFacts, TargetRow } from "./target-facts.ts";
import { silentShare, silentWords, targetFacts } from "./target-facts.ts";
import type { WizardControls } from "./use-wizard.ts";
import "./target-band.css";

const words = text.wizard.target;

interface PartProps {
  readonly controls: WizardControls;
  readonly target: TargetFacts;
  readonly sides: ForcedSides;
}

export function TargetBand({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const sides = forcedSides(facts, state.startedFrom);
  const target = targetFacts(state.target, sides);
  const silent = silentWords(target);
  return (
    <section className="target-band" aria-label={words.label(sides.other.name)}>
      <Verdict
        tone={target.tone}
        sentence={target.sentence}
        {...(target.more === undefined ? {} : { more: target.more })}
        action={target.kind === "alive" ? <PlannedInstead controls={controls} /> : null}
      />
      <div className="target-time">
        <span>{silent}</span>
        <ProgressBar
          value={silentShare(target)}
          thickness="large"
          color="brand"
          aria-label={silent}
        />
      </div>
      <Acceptance controls={controls} target={target} sides={sides} />
      {target.rows.length === 0 ? null : <Seen rows={target.rows} own={sides.own.name} />}
    </section>
  );
}

/** Where a planned failover has a way, it is one press away. */
function PlannedInstead({ controls: { facts, tell } }: { readonly controls: WizardControls }) {
  if (facts.way?.lock.failoverType !== undefined) return null;
  return (
    <Button
      size="small"
      onClick={() => {
        tell({ kind: "answered", answer: "type", value: "planned" });
        tell({ kind: "wentTo", page: "failoverType" });
      }}
    >
      {words.choosePlanned}
    </Button>
  );
}

/** Each by itself, and still to be seen and taken back when the watch says something else by now. */
function Acceptance({ controls, target, sides }: PartProps) {
  const { aliveReason, suspendedReason, goOn } = controls.state.answers;
  const { tell } = controls;
  return (
    <>
      {target.kind === "alive" || aliveReason !== "" ? (
        <ForcedReasonField
          label={words.alive(sides.other.name)}
          accepted={aliveReason}
          onAccept={(value) => {
            tell({ kind: "answered", answer: "aliveReason", value });
          }}
        />
      ) : null}
      {target.suspensions.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {target.suspensions.length > 0 || suspendedReason !== "" ? (
        <ForcedReasonField
          label={words.suspended}
          accepted={suspendedReason}
          onAccept={(value) => {
            tell({ kind: "answered", answer: "suspendedReason", value });
          }}
        />
      ) : null}
      {target.kind === "working" || goOn ? (
        <Checkbox
          label={words.goOn(sides.own.name)}
          checked={goOn}
          onChange={(_event, { checked }) => {
            tell({ kind: "answered", answer: "goOn", value: checked === true });
          }}
        />
      ) : null}
    </>
  );
}

/** What was seen of the copy, at the watch's beginning and now. */
function Seen({ rows, own }: { readonly rows: readonly TargetRow[]; readonly own: string }) {
  const databases = new Set(rows.map(({ database }) => database));
  return (
    <table className="grid" aria-label={words.seenOn(own)}>
      <thead>
        <tr>
          <th scope="col">{words.seenOn(own)}</th>
          <th scope="col">{words.atFirst}</th>
          <th scope="col">{words.now}</th>
          <th scope="col">{words.moved.title}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ database, name, first, last }) => (
          <tr key={`${database} ${name}`}>
            <th scope="row" className="target-name">
              {databases.size > 1 ? `${database}: ${name}` : name}
            </th>
            <td>{first ?? text.ui.unknown}</td>
            <td>{last ?? text.ui.unknown}</td>
            <td>{first === last ? words.moved.no : <b>{words.moved.yes}</b>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
