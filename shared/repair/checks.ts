// What must be so before a link with two primaries, or with none, is repaired.
import {
  askEnd,
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
import { positionOf } from "./copy-to-save.ts";
import type { RepairInput } from "./input.ts";
import { brokenAs, givenUpSide, namesIn } from "./input.ts";
import { isUrl } from "./save-target.ts";

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
  const side = brokenAs(input) === "noPrimary" ? input.choices.survivor : givenUpSide(input);
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
  return copies.copies.map((copy) =>
    positionOf(copy) === undefined
      ? warning(
          place,
          `${place.server} does not tell where the log of ${visibleText(copy.database)} stands: that its backup holds everything cannot be proved.`,
          "A COPY_ONLY full backup is taken. Keep the applications out until it is restored somewhere and looked at.",
        )
      : passed(
          place,
          `The log of ${visibleText(copy.database)} on ${place.server} stands at ${positionOf(copy)?.lsn ?? ""}.`,
        ),
  );
}

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

const checks: readonly RepairCheck[] = [state, seen, node, rights, saving, typed];

/** Every finding, in the order in which they are shown. Pure. */
export function checkRepair(input: RepairInput): readonly Finding[] {
  return checks.flatMap((check) => check(input));
}
