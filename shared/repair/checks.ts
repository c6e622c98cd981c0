// What must be so before a link with two primaries, or with none, is repaired.
import type { Place } from "../checks/check.ts";
import {
  askEnd,
  askFact,
  askSide,
  failed,
  passed,
  placeOf,
  unknown,
  warning,
  waits,
} from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { localNode } from "../checks/local-node.ts";
import { mayAlterGroups, missingRightRemedy, missingRightSentence } from "../estate/rights.ts";
import { linkState } from "../estate/link-state.ts";
import type { Side } from "../estate/estate.ts";
import { visibleText } from "../visible-text.ts";
import { removalLack, setRoleLack } from "./azure-lack.ts";
import type { CopyToSave } from "./copy-to-save.ts";
import { canBeSaved, positionOf } from "./copy-to-save.ts";
import type { RepairInput } from "./input.ts";
import { brokenAs, givenUpSide, namesIn } from "./input.ts";
import { isUrl, saveTargets } from "./save-target.ts";

type RepairCheck = (input: RepairInput) => readonly Finding[];

const both = { check: "linkState", where: "both", server: "" } as const;

const state: RepairCheck = (input) => {
  const broken = brokenAs(input);
  const { kind, sentence } = linkState(input, input.earlier && { earlier: input.earlier });
  if (broken !== undefined) return [passed(both, `${sentence} That is what this repairs.`)];
  if (kind === "twoPrimariesSeenOnce" || kind === "noPrimary") {
    return [waits(both, sentence, "It is read once more, 5 s apart.")].map((finding) => ({
      ...finding,
      blocks: true,
    }));
  }
  return [
    failed(
      both,
      `There is neither a split brain nor a link without a primary: ${sentence}`,
      "Nothing has to be repaired this way.",
    ),
  ];
};

const node: RepairCheck = (input) => localNode(input);

/** Both are changed or read closely: neither may be guessed at. */
const seen: RepairCheck = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askEnd(input, side, { name: "linkSeen", blocks: true }, ({ place }) => [
      passed(place, `${place.server} shows its end of the link.`),
    ]),
  );

const rights: RepairCheck = (input) => {
  const { survivor } = input.choices;
  const side = endsAlone(input)
    ? "box"
    : brokenAs(input) === "noPrimary"
      ? survivor
      : givenUpSide(input);
  return askSide(input, side, { name: "rights", blocks: true }, ({ place, facts }) => {
    const login = visibleText(facts.rights.login);
    const byArm = input.choices.demoteBy === "arm" && side === "instance";
    if (byArm || mayAlterGroups(facts.rights)) {
      return [passed(place, `${login} may change the role of ${place.server}.`)];
    }
    const permission = "ALTER ANY AVAILABILITY GROUP";
    return [
      failed(
        place,
        `${missingRightSentence(place.server, login, permission)} Needed to change its role.`,
        missingRightRemedy(facts.rights.login, permission),
      ),
    ];
  });
};

/** Of two primaries the old one must be saved; without a primary each side is saved that has a place for it. */
const saving: RepairCheck = (input) => {
  if (endsAlone(input)) return [];
  const sides: readonly Side[] =
    brokenAs(input) === "noPrimary" ? ["box", "instance"] : [givenUpSide(input)];
  return sides.flatMap((side) => savingOn(input, side));
};

function savingOn(input: RepairInput, side: Side): readonly Finding[] {
  const place = placeOf("saving", input.estate[side]);
  const target = input.choices.saveTo[side];
  if (target === null) {
    return brokenAs(input) === "noPrimary"
      ? [
          warning(
            place,
            `The copy on ${place.server} is not saved before.`,
            side === "box" ? "Name a folder for it." : "Name the URL of a container for it.",
          ),
        ]
      : [
          failed(
            place,
            `No place was named to save what only ${place.server} holds.`,
            side === "box"
              ? `Name a folder that ${place.server} can write to.`
              : "Name the URL of a container, for which the instance has a credential.",
          ),
        ];
  }
  if (side === "instance" && !isUrl(target.folder)) {
    return [
      failed(
        place,
        `${place.server} takes backups to URLs alone (error 41902).`,
        "Name the URL of a container: https://...",
      ),
    ];
  }
  const copies = input.copies[side];
  if (copies.kind === "unseen") {
    const { summary, remedy } = copies.problem;
    return [unknown(place, true, { summary, remedy })];
  }
  return copies.copies.flatMap((copy, index) => [
    savable(place, side, copy),
    ...targetFree(place, copy, saveTargets(target, copy.database, index)),
  ]);
}

function savable(place: Place, side: Side, copy: CopyToSave): Finding {
  const name = visibleText(copy.database);
  if (!canBeSaved(copy, side)) {
    return failed(
      place,
      `${name} on ${place.server} is ${copy.state ?? "not shown"}, and msdb knows no full backup of it: a backup of its log could not be restored.`,
      "Bring the database ONLINE first, or keep its files by hand and choose the other side.",
    );
  }
  const position = positionOf(copy);
  return position === undefined
    ? warning(
        place,
        `${place.server} does not tell where the log of ${name} stands: that its backup holds everything cannot be proved.`,
        "Keep the applications out until the backup was restored somewhere and looked at.",
      )
    : passed(place, `The log of ${name} on ${place.server} stands at ${position.lsn}.`);
}

/** A set that is there already would be taken for the new one, or be written behind. */
function targetFree(
  place: Place,
  { backups }: CopyToSave,
  targets: readonly string[],
): readonly Finding[] {
  return targets
    .filter((target) => backups.some(({ path }) => path === target))
    .map((target) =>
      failed(
        place,
        `msdb on ${place.server} has a backup in ${visibleText(target)} already.`,
        "Start again: every repair has files of its own.",
      ),
    );
}

/** A forced failover of a copy that was REVERTING shows PRIMARY with a database that cannot start. */
const survivorWorks: RepairCheck = (input) => {
  if (brokenAs(input) !== "splitBrain") return [];
  const check = { name: "survivor", blocks: true };
  return askSide(input, input.choices.survivor, check, (side) =>
    askFact(side, side.facts.databases, { what: "databases", blocks: true }, (databases) =>
      input.link.databases.map((database) => {
        const { place } = side;
        const copy = databases.find(({ name }) => name === database);
        return copy?.state === "ONLINE" && copy.updateability === "READ_WRITE"
          ? passed(place, `${visibleText(database)} on ${place.server} can be written.`)
          : failed(
              place,
              `${visibleText(database)} on ${place.server} is ${copy?.state ?? "not shown"}, ${copy?.updateability ?? "updateability unknown"}: it cannot be the only primary.`,
              `Keep the other side, or bring it ONLINE on ${place.server} first.`,
            );
      }),
    ),
  );
};

function endsAlone(input: RepairInput): boolean {
  return input.choices.ending === "alone" && brokenAs(input) === "splitBrain";
}

/** Only Azure deletes a link. */
const ending: RepairCheck = (input) => {
  if (input.choices.ending === "rejoin") return [];
  const place = placeOf("ending", input.estate.instance);
  if (!endsAlone(input)) {
    return [
      failed(
        place,
        "A link without a primary is not removed here: neither copy can be written.",
        "Make one side primary first.",
      ),
    ];
  }
  const lack = removalLack(input);
  return lack === undefined ? [] : [failed(place, lack.sentence, lack.remedy)];
};

/** Azure changes the role when it gets to it: nothing looks at the log at that moment. */
const byAzure: RepairCheck = (input) => {
  const { demoteBy, writersStopped } = input.choices;
  const isDemoted = brokenAs(input) === "splitBrain" && !endsAlone(input);
  if (demoteBy !== "arm" || !isDemoted || givenUpSide(input) !== "instance") return [];
  const place = placeOf("demoteBy", input.estate.instance);
  const lack = setRoleLack(input);
  return [
    ...(lack === undefined ? [] : [failed(place, lack.sentence, lack.remedy)]),
    ...(writersStopped === null
      ? [
          failed(
            place,
            "Azure takes minutes to change the role, and what is written meanwhile is discarded.",
            "Type why nobody can write there, or change the role by T-SQL.",
          ),
        ]
      : []),
  ];
};

const typed: RepairCheck = (input) =>
  input.choices.writersStopped === null
    ? []
    : [
        warning(
          placeOf("writersStopped", input.estate[givenUpSide(input)]),
          `It was typed that nobody can write to ${namesIn(input)[givenUpSide(input)]}: a log that moves twice while a backup runs is taken for the backup's own.`,
          "It goes into the report.",
        ),
      ];

const checks: readonly RepairCheck[] = [
  state,
  seen,
  node,
  survivorWorks,
  rights,
  saving,
  byAzure,
  ending,
  typed,
];

/** Every finding, in the order in which they are shown. Pure. */
export function checkRepair(input: RepairInput): readonly Finding[] {
  return checks.flatMap((check) => check(input));
}
