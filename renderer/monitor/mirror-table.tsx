// Both sides of a link in one table: values meet at the label in the middle, so that the eye compares without travelling.
import { CloudDatabaseRegular, ServerRegular } from "@fluentui/react-icons";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { Age } from "../ui/age.tsx";
import { freshness } from "../ui/age-text.ts";
import { Flow } from "../ui/flow.tsx";
import { Lsn } from "../ui/lsn.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { RoleChip } from "../ui/role-chip.tsx";
import type { ChipRole } from "../ui/role-chip.tsx";
import { flowOf } from "./flow-of.ts";
import type { LinkPicture, SidePicture } from "./link-picture.ts";
import { lsnRows } from "./lsn-rows.ts";
import type { LsnRow } from "./lsn-rows.ts";
import { mirrorRows } from "./mirror-rows.ts";
import type { MirrorCell } from "./mirror-rows.ts";
import "./mirror.css";

export interface MirrorTableProps {
  readonly picture: LinkPicture;
  readonly isSplitBrain: boolean;
  readonly connections: readonly ConnectionFacts[];
  readonly now: number;
}

export function MirrorTable({ picture, isSplitBrain, connections, now }: MirrorTableProps) {
  const { box, instance } = picture.sides;
  const flow = flowOf(picture);
  const head = { isSplitBrain, now };
  return (
    <table className="mirror" aria-label={`Both sides of ${visibleText(picture.linkName)}`}>
      <colgroup>
        <col className="mirror-age-column" />
        <col />
        <col className="mirror-label-column" />
        <col />
        <col className="mirror-age-column" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" id="mirror-box" colSpan={2} className="mirror-left">
            <ServerHead side={box} {...head} />
          </th>
          <td>
            <Flow width={148} {...flow} />
          </td>
          <th scope="col" id="mirror-instance" colSpan={2} className="mirror-right">
            <ServerHead side={instance} {...head} />
          </th>
        </tr>
      </thead>
      <tbody>
        {lsnRows(picture).map((row, index) => (
          <LsnTableRow
            key={row.label}
            row={row}
            picture={picture}
            now={now}
            isFirst={index === 0}
          />
        ))}
        {mirrorRows(picture, connections).map((row, index) => (
          <tr key={row.label}>
            <AgeCell side={box} now={now} />
            <Cell cell={row.box} side={box} now={now} rowId={`mirror-row-${String(index)}`} />
            <th scope="row" id={`mirror-row-${String(index)}`}>
              {row.label}
            </th>
            <Cell
              cell={row.instance}
              side={instance}
              now={now}
              rowId={`mirror-row-${String(index)}`}
            />
            <AgeCell side={instance} now={now} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ServerHeadProps {
  readonly side: SidePicture;
  readonly isSplitBrain: boolean;
  readonly now: number;
}

function ServerHead({ side, isSplitBrain, now }: ServerHeadProps) {
  const { role, words } = roleNow(side, now);
  const name = (
    <span className="mirror-server" title={side.name}>
      {side.side === "box" ? (
        <ServerRegular aria-hidden="true" />
      ) : (
        <CloudDatabaseRegular aria-hidden="true" />
      )}
      <span className="mirror-server-name">{side.name}</span>
    </span>
  );
  const chip = (
    <>
      <RoleChip role={role} words="pane" isBad={isSplitBrain && role === "PRIMARY"} />
      {words === undefined ? null : <b className="mirror-was">{words}</b>}
    </>
  );
  return side.side === "box" ? (
    <div className="mirror-head mirror-head-left">
      {name}
      {chip}
    </div>
  ) : (
    <div className="mirror-head">
      {chip}
      {name}
    </div>
  );
}

/** A role keeps its word for a minute with its age beside it; then it is only what it was. */
function roleNow(
  { end, reading, answers }: SidePicture,
  now: number,
): { readonly role: ChipRole; readonly words?: string } {
  if (reading === undefined) return { role: answers ? "unknown" : "unreachable" };
  const ageMs = now - Date.parse(reading.at);
  const role = end?.role ?? "unknown";
  switch (freshness(ageMs)) {
    case "fresh":
      return { role };
    case "old":
      return { role, words: `${String(Math.round(ageMs / 1000))} s ago` };
    case "stale":
      return { role: "unknown", words: `was ${role} at ${reading.at.slice(11, 19)} UTC` };
  }
}

function AgeCell({ side, now }: { readonly side: SidePicture; readonly now: number }) {
  return (
    <td className="mirror-age">
      {side.reading === undefined ? "-" : <Age at={side.reading.at} now={now} />}
    </td>
  );
}

interface CellProps {
  readonly cell: MirrorCell;
  readonly side: SidePicture;
  readonly now: number;
  readonly rowId: string;
}

function Cell({ cell, side, now, rowId }: CellProps) {
  const isStale =
    side.reading !== undefined && freshness(now - Date.parse(side.reading.at)) === "stale";
  const place = side.side === "box" ? "mirror-left" : "mirror-right";
  return (
    <td
      className={isStale ? `${place} mirror-stale` : place}
      headers={`${rowId} mirror-${side.side}`}
      title={cell.words}
    >
      {cell.level === undefined ? (
        cell.words
      ) : (
        <ResultMark level={cell.level}>{cell.words}</ResultMark>
      )}
    </td>
  );
}

const verdictWords = { level: "level", behind: "behind", notKnown: "not known" } as const;

interface LsnTableRowProps {
  readonly row: LsnRow;
  readonly picture: LinkPicture;
  readonly now: number;
  readonly isFirst: boolean;
}

/** The first of them is the one row to find from across the room. */
function LsnTableRow({ row, picture, now, isFirst }: LsnTableRowProps) {
  const { box, instance } = picture.sides;
  const isInstanceBehind = row.verdict === "behind" && picture.primary === "box";
  const isBoxBehind = row.verdict === "behind" && picture.primary === "instance";
  return (
    <tr className={isFirst ? "mirror-lsn mirror-lsn-first" : "mirror-lsn"}>
      <AgeCell side={box} now={now} />
      <td className="mirror-left">
        <Lsn value={row.box} reference={isBoxBehind ? row.instance : undefined} />
      </td>
      <th scope="row">
        {row.label}
        {row.verdict === null ? null : (
          <span className={`mirror-gap mirror-gap-${row.verdict}`}>
            {verdictWords[row.verdict]}
          </span>
        )}
      </th>
      <td className="mirror-right">
        <Lsn value={row.instance} reference={isInstanceBehind ? row.box : undefined} />
      </td>
      <AgeCell side={instance} now={now} />
    </tr>
  );
}
