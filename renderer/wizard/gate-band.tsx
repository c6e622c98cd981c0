// The gate of the readiness page: each side's own log positions, whether they are level, and how long that has held.
import { ProgressBar } from "@fluentui/react-components";
import { text } from "../text.ts";
import { ageText } from "../ui/age-text.ts";
import { Lsn } from "../ui/lsn.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { heldShare, positionRows } from "./gate-facts.ts";
import type { PositionColumn, PositionRow } from "./gate-facts.ts";
import type { WizardControls } from "./use-wizard.ts";
import "./gate-band.css";

const words = text.wizard.gate;

const signs: Readonly<Record<PositionRow["relation"], string>> = {
  level: "=",
  behind: "<",
  notKnown: "?",
};

export function GateBand({ controls }: { readonly controls: WizardControls }) {
  const { state, facts, now } = controls;
  const { gate } = state;
  if (gate === undefined) {
    return (
      <section className="gate-band" aria-label={words.label}>
        <p>{words.notRead}</p>
      </section>
    );
  }
  const rows = positionRows(gate, facts.primary ?? "box");
  const share = heldShare(gate);
  const sentence = withShortNames(gate.sentence, facts.instance.serverName);
  return (
    <section className="gate-band" aria-label={words.label}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="age">{words.age(ageText(now - gate.last.atMs))}</span>
            </th>
            <th scope="col">{facts.box.name}</th>
            <td />
            <th scope="col">{facts.instance.name}</th>
            <th scope="col">{words.queue}</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <Positions key={row.database} row={row} isNamed={rows.length > 1} />
        ))}
      </table>
      <div className="gate-time">
        <b>{sentence}</b>
        <ProgressBar
          value={share}
          thickness="large"
          color={gate.verdict.kind === "open" ? "success" : "brand"}
          aria-label={words.held(Math.floor(gate.heldSeconds), Math.ceil(gate.neededSeconds))}
        />
        <span className="quiet">{words.again}</span>
      </div>
    </section>
  );
}

function Positions({ row, isNamed }: { readonly row: PositionRow; readonly isNamed: boolean }) {
  return (
    <tbody>
      {row.columns.map((column) => (
        <Position key={column.name} column={column} row={row} isNamed={isNamed} />
      ))}
    </tbody>
  );
}

/** Only last_commit_lsn decides; the others stand below it for information. */
function Position({
  column,
  row,
  isNamed,
}: {
  readonly column: PositionColumn;
  readonly row: PositionRow;
  readonly isNamed: boolean;
}) {
  const decides = column.name === "last_commit_lsn";

  return (
    <tr className={decides ? "gate-decides" : "quiet"}>
      <th scope="row">{isNamed && decides ? `${row.database}: ${column.name}` : column.name}</th>
      <td>
        <Lsn value={column.box} />
      </td>
      <td className={`gate-relation gate-${row.relation}`}>
        {decides ? (
          <>
            <span aria-hidden="true">{signs[row.relation]}</span> {words.relations[row.relation]}
          </>
        ) : null}
      </td>
      <td>
        <Lsn value={column.instance} reference={column.box} />
      </td>
      <td className="number">
        {decides ? (row.queueKb === null ? text.ui.unknown : words.queueKb(row.queueKb)) : null}
      </td>
    </tr>
  );
}
