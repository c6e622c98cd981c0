// The head of one side: its server, its role, and how old that role is.
import { CloudDatabaseRegular, ServerRegular } from "@fluentui/react-icons";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { freshness } from "../ui/age-text.ts";
import { RoleChip } from "../ui/role-chip.tsx";
import type { ChipRole } from "../ui/role-chip.tsx";
import { shortName } from "../ui/short-name.ts";
import type { SidePicture } from "./link-picture.ts";

export interface ServerHeadProps {
  readonly side: SidePicture;
  readonly isSplitBrain: boolean;
  readonly now: number;
}

export function ServerHead({ side, isSplitBrain, now }: ServerHeadProps) {
  const { role, words } = roleNow(side, now);
  const name = (
    <span className="mirror-server" title={side.name}>
      {side.side === "box" ? (
        <ServerRegular aria-hidden="true" />
      ) : (
        <CloudDatabaseRegular aria-hidden="true" />
      )}
      <span className="mirror-server-name">{visibleText(shortName(side.side, side.name))}</span>
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
      return { role, words: text.monitor.wasRead(Math.round(ageMs / 1000)) };
    case "stale":
      return { role: "unknown", words: text.monitor.was(role, reading.at.slice(11, 19)) };
  }
}
