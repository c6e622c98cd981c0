// What must be so before a database is brought back from the instance by backup and restore.
import type { Place } from "../checks/check.ts";
import { askSide, failed, passed, placeOf, unknown, warning } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { backupPermission } from "../sql/offline-remedies.ts";
import type { Side } from "../estate/estate.ts";
import { linkState } from "../estate/link-state.ts";
import { nameOf } from "../estate/name-of.ts";
import { missingRightRemedy, missingRightSentence } from "../estate/rights.ts";
import { positionOf } from "../repair/copy-to-save.ts";
import { isUrl } from "../repair/save-target.ts";
import { visibleText } from "../visible-text.ts";
import { askSource, askTarget } from "./ask.ts";
import { sourceCredential, targetCredential } from "./credentials.ts";
import { encryption } from "./encryption.ts";
import type { OfflineInput } from "./input.ts";
import { name, notRead } from "./restore-name.ts";
import { copyOf, restoredFiles, sourceEnd } from "./input.ts";
import { offlineVersion } from "./version.ts";

type OfflineCheck = (input: OfflineInput) => readonly Finding[];

/** The instance's copy is the one that is written; a link that works brings it back without all this. */
const source: OfflineCheck = (input) =>
  askSide(input, "instance", { name: "source", blocks: true }, ({ place, facts }) => {
    const name = visibleText(input.database);
    const end = sourceEnd(input);
    if (facts.databases.kind !== "seen") return [notRead(place, facts.databases)];
    const own = facts.databases.value.find((one) => one.name === input.database);
    if (own?.state !== "ONLINE" || own.updateability !== "READ_WRITE") {
      const is =
        own === undefined
          ? "not shown"
          : `${own.state}, ${own.updateability ?? "updateability unknown"}`;
      return [
        failed(
          place,
          `${name} on ${place.server} is ${is}: there is nothing to bring back from it.`,
          "Only the copy that applications write is brought back. Look at the roles of the link.",
        ),
      ];
    }
    if (end !== undefined && end.role !== "PRIMARY") {
      return [
        failed(
          place,
          `${place.server} is ${end.role ?? "in an unknown role"} of ${visibleText(input.link?.name ?? "")}.`,
          "Nothing has to be brought back from a secondary.",
        ),
      ];
    }
    return [
      passed(place, `${name} on ${place.server} is ONLINE and can be written.`),
      ...online(input),
    ];
  });

function online(input: OfflineInput): readonly Finding[] {
  const { link, estate } = input;
  if (link === undefined || linkState({ estate, link }).kind !== "healthy") return [];
  return [
    warning(
      { check: "online", where: "both", server: "" },
      `The link ${visibleText(link.name)} is healthy: a planned failover brings the database back with no restore and without a long stop.`,
      `Fail over to ${nameOf(estate.box)} instead. Go on offline only where that is not wanted.`,
    ),
  ];
}

const backupRights: OfflineCheck = (input) =>
  askSource(input, "rights", (place, { mayBackUp }) =>
    right(input, "instance", place, { has: mayBackUp, permission: backupPermission }),
  );

const restoreRights: OfflineCheck = (input) =>
  askTarget(input, "rights", (place, { mayCreate }) =>
    right(input, "box", place, { has: mayCreate, permission: "CREATE ANY DATABASE" }),
  );

function right(
  { estate }: OfflineInput,
  side: Side,
  place: Place,
  { has, permission }: { readonly has: boolean; readonly permission: string },
): readonly Finding[] {
  const reading = estate[side];
  const login = reading.kind === "seen" ? reading.facts.rights.login : "";
  return has
    ? [passed(place, `${visibleText(login)} has ${permission} on ${place.server}.`)]
    : [
        failed(
          place,
          missingRightSentence(place.server, visibleText(login), permission),
          side === "box" ? missingRightRemedy(login, permission) : "Ask for it, in that database.",
        ),
      ];
}

const files: OfflineCheck = (input) =>
  askSource(input, "files", (place, facts) =>
    facts.files.some(({ type }) => type === "ROWS")
      ? filesFree(
          input,
          restoredFiles(input, facts).map(({ to }) => to),
        )
      : [
          unknown(place, true, {
            summary: `${place.server} does not show the files of ${visibleText(input.database)}, which a restore has to name.`,
            remedy: "Read it with a login that has VIEW ANY DEFINITION.",
          }),
        ],
  );

function filesFree(input: OfflineInput, wanted: readonly string[]): readonly Finding[] {
  return askTarget(input, "files", (place, { filesInUse }) => {
    const used = new Set(filesInUse.map((path) => path.toLowerCase()));
    const taken = wanted.filter((path) => used.has(path.toLowerCase()));
    if (input.choices.restoreTo === "" || isUrl(input.choices.restoreTo)) {
      return [
        failed(
          place,
          `No folder of ${place.server} was named for the files.`,
          `Name a folder that ${place.server} can write to.`,
        ),
      ];
    }
    return taken.length === 0
      ? [passed(place, `The files go to ${visibleText(wanted.join(", "))}.`)]
      : taken.map((path) =>
          failed(
            place,
            `${visibleText(path)} is a file of another database on ${place.server}.`,
            "Name another folder, or another name.",
          ),
        );
  });
}

/** Without it nobody can say that nothing was written after the backup. */
const position: OfflineCheck = (input) => {
  const place = placeOf("position", input.estate.instance);
  const { copies, choices, database } = input;
  if (copies.kind === "unseen") {
    const { summary, remedy } = copies.problem;
    return [unknown(place, true, { summary, remedy })];
  }
  const copy = copyOf(input);
  const at = copy === undefined ? undefined : positionOf(copy);
  const named = visibleText(database);
  if (at?.column === "log_end_lsn" && choices.writersStopped === null) {
    return [
      failed(
        place,
        `${place.server} tells where the log of ${named} stands by log_end_lsn alone, which every backup moves itself.`,
        "Keep every application out, and say why nobody can write.",
      ),
    ];
  }
  if (at !== undefined) {
    return [
      passed(place, `${place.server} tells where the log of ${named} stands (${at.column}).`),
    ];
  }
  const summary = `${place.server} does not tell where the log of ${named} stands: that nothing is written after the backup cannot be proved.`;
  const remedy = "Keep every application out until the restored copy was looked at.";
  return choices.writersStopped === null
    ? [unknown(place, true, { summary, remedy: `${remedy} Then say why nobody can write.` })]
    : [warning(place, summary, remedy)];
};

const typed: OfflineCheck = ({ choices, estate }) =>
  choices.writersStopped === null
    ? []
    : [
        warning(
          placeOf("writersStopped", estate.instance),
          `It was typed that nobody can write to ${nameOf(estate.instance)}: a log that moves twice while a backup runs is taken for the backup's own.`,
          "It goes into the report.",
        ),
      ];

const checks: readonly OfflineCheck[] = [
  offlineVersion,
  source,
  encryption,
  backupRights,
  restoreRights,
  sourceCredential,
  targetCredential,
  name,
  files,
  position,
  typed,
];

/** Every finding, in the order in which they are shown. Pure. */
export function checkOffline(input: OfflineInput): readonly Finding[] {
  return checks.flatMap((check) => check(input));
}
