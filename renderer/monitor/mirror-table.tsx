// Both sides of a link in one table: values meet at the label in the middle, so that the eye compares without travelling.
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { Flow } from "../ui/flow.tsx";
import { flowOf } from "./flow-of.ts";
import type { LinkPicture } from "./link-picture.ts";
import { MirrorTableRow } from "./mirror-row.tsx";
import { mirrorRows } from "./mirror-rows.ts";
import type { SlowFacts } from "./slow-facts.ts";
import { ServerHead } from "./server-head.tsx";
import "./mirror.css";

export interface MirrorTableProps {
  readonly picture: LinkPicture;
  readonly isSplitBrain: boolean;
  readonly connections: readonly ConnectionFacts[];
  readonly slow: SlowFacts;
  readonly now: number;
}

export function MirrorTable({ picture, isSplitBrain, connections, slow, now }: MirrorTableProps) {
  const { box, instance } = picture.sides;
  const flow = flowOf(picture);
  const head = { isSplitBrain, now };
  return (
    <table className="mirror" aria-label={text.monitor.bothSides(visibleText(picture.linkName))}>
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
        {mirrorRows(picture, connections, slow).map((row, index) => (
          <MirrorTableRow
            key={row.label}
            row={row}
            picture={picture}
            now={now}
            rowId={`mirror-row-${String(index)}`}
          />
        ))}
      </tbody>
    </table>
  );
}
