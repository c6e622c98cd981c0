// Is the primary really gone? The watch of the side that takes over, second by second, and what has to be accepted to go on.
import { Button, Checkbox, ProgressBar } from "@fluentui/react-components";
import { Verdict } from "../ui/verdict.tsx";
import { ForcedReasonField } from "./forced-reason-field.tsx";
import type { ForcedSides } from "./forced-type.ts";
import { forcedSides } from "./forced-type.ts";
import type { TargetFacts, TargetRow } from "./target-facts.ts";
import { silentShare, silentWords, targetFacts } from "./target-facts.ts";
import type { WizardControls } from "./use-wizard.ts";
import "./target-band.css";

interface PartProps {
  readonly controls: WizardControls;
  readonly target: TargetFacts;
  readonly sides: ForcedSides;
}

export function TargetBand({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const sides = forcedSides(facts, state.startedFrom);
  const target = targetFacts(state.target, sides);
  const words = silentWords(target);
  return (
    <section className="target-band" aria-label={`Is ${sides.other.name} really gone?`}>
      <Verdict
        tone={target.tone}
        sentence={target.sentence}
        {...(target.more === undefined ? {} : { more: target.more })}
        action={target.kind === "alive" ? <PlannedInstead controls={controls} /> : null}
      />
      <div className="target-time">
        <span>{words}</span>
        <ProgressBar
          value={silentShare(target)}
          thickness="large"
          color="brand"
          aria-label={words}
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
      Choose planned failover
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
          label={`Why it is forced although ${sides.other.name} is alive`}
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
          label="Why it is forced although data movement is suspended"
          accepted={suspendedReason}
          onAccept={(value) => {
            tell({ kind: "answered", answer: "suspendedReason", value });
          }}
        />
      ) : null}
      {target.kind === "working" || goOn ? (
        <Checkbox
          label={`Go on before ${sides.own.name} has worked through what arrived. The report says so.`}
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
    <table className="grid" aria-label={`Seen on ${own}`}>
      <thead>
        <tr>
          <th scope="col">{`Seen on ${own}`}</th>
          <th scope="col">At first</th>
          <th scope="col">Now</th>
          <th scope="col">Moved</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ database, name, first, last }) => (
          <tr key={`${database} ${name}`}>
            <th scope="row" className="target-name">
              {databases.size > 1 ? `${database}: ${name}` : name}
            </th>
            <td>{first ?? "unknown"}</td>
            <td>{last ?? "unknown"}</td>
            <td>{first === last ? "no" : <b>yes</b>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
