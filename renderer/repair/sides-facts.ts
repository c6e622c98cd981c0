// What both sides of a broken link show of themselves, row by row beside each other. Pure.
import type { Side } from "../../shared/estate/estate.ts";
import { countedRows } from "../../shared/gate/own-position.ts";
import type { RepairLook } from "../../shared/repair/contract.ts";
import type { Broken } from "../../shared/repair/input.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { LinkPicture } from "../monitor/link-picture.ts";
import { writersOn } from "../monitor/writers.ts";
import type { SideRow } from "../ui/side-row.ts";

const unknown = "unknown";

/** The role is shown as a chip above these. */
export function sideRows(
  picture: LinkPicture,
  look: RepairLook | undefined,
  broken: Broken,
): readonly SideRow[] {
  const both = (title: string, of: (side: Side) => string): SideRow => ({
    title,
    box: of("box"),
    instance: of("instance"),
  });
  return [
    both("Read at", (side) => timeOf(picture, side)),
    ...picture.databases.flatMap((database) => [
      both(`Last commit in ${visibleText(database)}`, (side) =>
        lastCommit(picture, side, database),
      ),
      // Between two forks positions say nothing of each other.
      ...(broken === "noPrimary"
        ? [
            both(
              `last_hardened_lsn of ${visibleText(database)}`,
              (side) => copyOf(look, side, database)?.lastHardenedLsn ?? unknown,
            ),
          ]
        : []),
      both(
        `Recovery fork of ${visibleText(database)}`,
        (side) => copyOf(look, side, database)?.recoveryForkGuid?.toUpperCase() ?? unknown,
      ),
    ]),
    both("Still writing", (side) => stillWriting(picture, side)),
  ];
}

function timeOf({ sides }: LinkPicture, side: Side): string {
  const at = sides[side].reading?.at;
  return at === undefined ? unknown : `${at.slice(0, 19).replace("T", " ")} UTC`;
}

/** In the zone of the server that wrote it. */
function lastCommit({ sides }: LinkPicture, side: Side, database: string): string {
  const { end } = sides[side];
  if (end === undefined) return unknown;
  const rows = end.databases.filter(({ databaseName }) => databaseName === database);
  const last = countedRows(rows, end.group.groupId)
    .flatMap(({ lastCommitTime }) => lastCommitTime ?? [])
    .sort()
    .at(-1);
  return last === undefined ? unknown : `${last.slice(0, 19).replace("T", " ")}, server time`;
}

function copyOf(look: RepairLook | undefined, side: Side, database: string) {
  const copies = look?.copies[side];
  return copies?.kind === "seen"
    ? copies.copies.find((one) => one.database === database)
    : undefined;
}

function stillWriting({ sides, databases }: LinkPicture, side: Side): string {
  const writers = writersOn(sides[side], databases);
  if (writers.kind === "unknown") return `${unknown}: ${visibleText(writers.because)}`;
  if (writers.sessions.length === 0) return "No session";
  return writers.sessions
    .map(({ session, origin }) =>
      session === undefined
        ? origin
        : `${visibleText(session.login)} (session ${String(session.sessionId)})`,
    )
    .join(", ");
}
