// One row of the mirror table: the age of each side's answer outside, its value inside, the label in the middle.
import type { ReactNode } from "react";
import { text } from "../text.ts";
import { Age } from "../ui/age.tsx";
import { freshness } from "../ui/age-text.ts";
import { Lsn } from "../ui/lsn.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import type { LinkPicture, SidePicture } from "./link-picture.ts";
import type { LsnRow } from "./lsn-rows.ts";
import type { MirrorCell, MirrorRow } from "./mirror-rows.ts";

export interface MirrorTableRowProps {
  readonly row: MirrorRow;
  readonly picture: LinkPicture;
  readonly now: number;
  /** Id of the row's head, which its cells name beside the server's. */
  readonly rowId: string;
}

export function MirrorTableRow({ row, picture, now, rowId }: MirrorTableRowProps) {
  const { box, instance } = picture.sides;
  const verdict = row.kind === "lsn" ? row.verdict : null;
  return (
    <tr className={classOf(row)}>
      <AgeCell side={box} row={row} now={now} />
      <ValueCell side={box} now={now} rowId={rowId}>
        {row.kind === "lsn" ? (
          <Lsn value={row.box} reference={lsnReference(row, picture, "box")} />
        ) : (
          <Words cell={row.box} />
        )}
      </ValueCell>
      <th scope="row" id={rowId}>
        {row.label}
        {verdict === null ? null : (
          <span className={`mirror-gap mirror-gap-${verdict}`}>
            {text.monitor.verdicts[verdict]}
          </span>
        )}
      </th>
      <ValueCell side={instance} now={now} rowId={rowId}>
        {row.kind === "lsn" ? (
          <Lsn value={row.instance} reference={lsnReference(row, picture, "instance")} />
        ) : (
          <Words cell={row.instance} />
        )}
      </ValueCell>
      <AgeCell side={instance} row={row} now={now} />
    </tr>
  );
}

/** The row with a verdict is the one to find from across the room. */
function classOf(row: MirrorRow): string | undefined {
  if (row.kind === "facts") return undefined;
  return row.verdict === null ? "mirror-lsn" : "mirror-lsn mirror-lsn-first";
}

/** The secondary's number is marked where it is behind the primary's. */
function lsnReference(row: LsnRow, { primary }: LinkPicture, side: "box" | "instance") {
  if (row.verdict !== "behind" || primary === side) return undefined;
  return side === "box" ? row.instance : row.box;
}

interface AgeCellProps {
  readonly side: SidePicture;
  readonly row: MirrorRow;
  readonly now: number;
}

function AgeCell({ side, row, now }: AgeCellProps) {
  const ages = row.kind === "facts" ? row.ages : undefined;
  const at = ages === undefined ? side.reading?.at : ages.at[side.side];
  return (
    <td className="mirror-age">
      {at === undefined ? "-" : <Age at={at} now={now} pace={ages?.pace ?? "often"} />}
    </td>
  );
}

interface ValueCellProps {
  readonly side: SidePicture;
  readonly now: number;
  readonly rowId: string;
  readonly children: ReactNode;
}

function ValueCell({ side, now, rowId, children }: ValueCellProps) {
  const { reading } = side;
  const isStale = reading !== undefined && freshness(now - Date.parse(reading.at)) === "stale";
  const place = side.side === "box" ? "mirror-left" : "mirror-right";
  return (
    <td
      className={isStale ? `${place} mirror-stale` : place}
      headers={`${rowId} mirror-${side.side}`}
    >
      {children}
    </td>
  );
}

function Words({ cell }: { readonly cell: MirrorCell }) {
  if (cell.level !== undefined) return <ResultMark level={cell.level}>{cell.words}</ResultMark>;
  return <span title={cell.words}>{cell.words}</span>;
}
