// The one function that decides: the whole product of its facts, what holds in every row, and every outcome and sentence there is.
import { describe, expect, test } from "vitest";
import { decide } from "../../../shared/ways/decide.ts";
import { pageNames } from "../../../shared/ways/pages.ts";
import type { Way, WayFacts } from "../../../shared/ways/way.ts";
import { wayDimensions } from "../../../shared/ways/way.ts";
import { allRows, impossible, names, sizeOf, whyImpossible } from "./rows.ts";

interface Decided {
  readonly row: WayFacts;
  readonly way: Way;
}

const rows = allRows();
const possible = rows
  .filter((row) => whyImpossible(row) === undefined)
  .map((row): Decided => ({ row, way: decide(row, names) }));

/** The rows that a claim does not hold for; a few of them are enough to see why. */
function unless(claim: (decided: Decided) => boolean): readonly WayFacts[] {
  return possible
    .filter((decided) => !claim(decided))
    .slice(0, 3)
    .map(({ row }) => row);
}

/** The link is removed, by the move itself or after it. */
function isRemoved({ row, way }: Decided): boolean {
  return way.move !== "none" && (way.removal.isLocked || row.link === "remove");
}

test("a link is removed where that is locked or chosen, and there is a way", () => {
  expect(unless((decided) => decided.way.isRemoved === isRemoved(decided))).toEqual([]);
});

/** Everything that a plan asks of a way is there. */
function isPlannable({ row, way }: Decided): boolean {
  return way.move !== "none" && row.reach === "both" && Object.keys(way.lock).length === 0;
}

describe("the product", () => {
  test("has as many rows as its facts have values, multiplied", () => {
    const [versions, editions, sides] = [sizeOf("version"), sizeOf("edition"), sizeOf("to")];
    expect([versions, editions, sides]).toEqual([9, 3, 2]);
    const servers = versions * editions * sizeOf("reach") * sizeOf("policy");
    const azure = sizeOf("azure") * sizeOf("failoverMode");
    const rest = sides * sizeOf("link") * sizeOf("instanceLogin") * sizeOf("otherLinks");
    expect(rows).toHaveLength(servers * azure * rest);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
  });

  test("has as many possible rows as its rules leave", () => {
    const [oneWay, newer, twoWay] = [3, 1, 4];
    const [editions, links, logins, others] = [2, sizeOf("link"), 2, 2];
    // Without Azure no mode is known; with it every one.
    const azure = 1 + (sizeOf("azure") - 1) * sizeOf("failoverMode");
    const policies = sizeOf("policy");
    const toInstance = (oneWay + newer) * (policies - 1) + twoWay * policies;
    const toBox = newer * (policies - 1) + twoWay * policies;
    const both = (toInstance + toBox) * editions * links * azure * logins * others;
    const directions = oneWay + newer + twoWay + (newer + twoWay);
    const instanceSilent = directions * editions * links * azure * others;
    const boxSilent = sizeOf("to") * links * azure * logins;
    expect(possible).toHaveLength(both + instanceSilent + boxSilent);
  });

  test("every reason for an impossible row has rows of its own", () => {
    for (const { why, is } of impossible) {
      const only = rows.filter(
        (row) => is(row) && impossible.every((other) => other.why === why || !other.is(row)),
      );
      expect(only.length, why).toBeGreaterThan(0);
    }
  });

  test("is answered in every row, impossible ones too, with whole sentences", () => {
    const sentences = new Set(rows.flatMap((row) => sentencesOf(decide(row, names))));
    expect([...sentences].filter((text) => !/^[^a-z].*\.$/u.test(text))).toEqual([]);
    expect([...sentences].filter((text) => /undefined|null|\s{2}/u.test(text))).toEqual([]);
  });
});

describe("in every possible row", () => {
  test("the link never stays where its end is the move", () => {
    expect(unless(({ way }) => way.move !== "delete" || way.keep.kind === "closed")).toEqual([]);
  });

  test("only SQL Server is left by the end of the link", () => {
    expect(unless(({ row, way }) => way.move !== "delete" || row.to === "instance")).toEqual([]);
  });

  test("SQL Server 2019 or older, and 2022 below CU13, is never sent FAILOVER", () => {
    const cannot = ["2016", "2017", "2019", "2022BelowCu10", "2022Cu10To12"];
    expect(
      unless(
        ({ row, way }) =>
          row.to === "box" || !cannot.includes(row.version) || way.move === "delete",
      ),
    ).toEqual([]);
  });

  test("a link is never removed without an account that may delete it", () => {
    expect(
      unless(
        (decided) =>
          !isPlannable(decided) ||
          !isRemoved(decided) ||
          decided.row.azure === "all" ||
          decided.row.azure === "noFailover",
      ),
    ).toEqual([]);
    expect(unless((decided) => !isRemoved(decided) || decided.way.azure.isNeeded)).toEqual([]);
  });

  test("whoever may delete it, and has both servers, is not held up", () => {
    expect(
      unless(
        (decided) =>
          decided.row.link === "keep" ||
          decided.way.move === "none" ||
          decided.row.reach !== "both" ||
          !["all", "noFailover"].includes(decided.row.azure) ||
          isPlannable(decided),
      ),
    ).toEqual([]);
  });

  test("understanding is asked exactly where the removal is locked: always before 2022", () => {
    expect(unless(({ way }) => way.understood.isRequired === way.removal.isLocked)).toEqual([]);
    expect(
      unless(
        ({ row, way }) =>
          !["2016", "2017", "2019"].includes(row.version) || way.understood.isRequired,
      ),
    ).toEqual([]);
  });

  test("a locked removal is a link that cannot stay, and the other way round", () => {
    expect(unless(({ way }) => way.removal.isLocked === (way.keep.kind === "closed"))).toEqual([]);
  });

  test("keeping a link that cannot stay is never planned", () => {
    expect(
      unless(
        (decided) =>
          decided.row.link === "remove" ||
          decided.way.keep.kind === "open" ||
          !isPlannable(decided),
      ),
    ).toEqual([]);
  });

  test("a secondary copy is opened only on Enterprise, towards the instance, over a link that stays", () => {
    expect(
      unless(
        (decided) =>
          !decided.way.letSqlServerBeRead.isOffered ||
          (decided.row.edition !== "standard" &&
            decided.row.to === "instance" &&
            decided.way.move === "failover" &&
            !isRemoved(decided)),
      ),
    ).toEqual([]);
  });

  test("the local group is dropped only with the link, and never while another link needs it", () => {
    expect(
      unless(
        (decided) =>
          decided.way.dropGroup.isOffered ===
          (isRemoved(decided) && decided.row.otherLinks === "none"),
      ),
    ).toEqual([]);
  });

  test("the old copy is closed by a step only on SQL Server, out of its group", () => {
    expect(
      unless(({ row, way: { keepOldCopyClosed } }) => {
        const { groupDropped, groupStays } = keepOldCopyClosed.how;
        return groupStays === "script" && (groupDropped === "step") === (row.to === "instance");
      }),
    ).toEqual([]);
  });

  test("Azure is asked for a failover only in place of a login on the instance that may not", () => {
    expect(
      unless(
        ({ row, way }) =>
          way.failoverBy.default === "tsql" ||
          (row.to === "box" &&
            row.instanceLogin === "doesNot" &&
            (row.azure === "all" || row.azure === "noDelete")),
      ),
    ).toEqual([]);
  });

  test("coming back online is promised only over a link that stays, with a policy that matches", () => {
    expect(
      unless(
        (decided) =>
          decided.way.comeBack.kind !== "yes" ||
          (!isRemoved(decided) &&
            decided.row.policy === "matches" &&
            decided.row.reach === "both" &&
            decided.row.failoverMode !== "None"),
      ),
    ).toEqual([]);
  });

  test("the list of pages ends where no way leads on, and that page is shut", () => {
    expect(
      unless(({ row, way }) => {
        const isOver = way.move === "none" && row.reach !== "boxSilent";
        return (
          isOver === (way.lock.failoverType !== undefined) &&
          way.pages.length === (isOver ? 2 : pageNames.length)
        );
      }),
    ).toEqual([]);
  });

  test("a silent side shuts the page that connects it", () => {
    expect(unless(({ row, way }) => row.reach === "both" || way.lock.signIn !== undefined)).toEqual(
      [],
    );
  });
});

test("every outcome there is", async () => {
  const text = [
    outcomes(
      "What the link allows",
      ({ way: { move, keep, removal, comeBack, supportedTypes } }) => [
        `move ${move}`,
        keep.kind === "closed" ? `cannot stay (${keep.because})` : "may stay",
        removal.isLocked ? "removed, to be understood" : "",
        `back: ${comeBack.kind}`,
        supportedTypes,
      ],
    ),
    outcomes("What is offered besides", (decided) => [
      decided.way.move === "none" ? "no way" : isRemoved(decided) ? "removed" : "kept",
      decided.way.letSqlServerBeRead.isOffered ? "copy may be read" : "",
      decided.way.dropGroup.isOffered ? "group may be dropped" : "",
      `closed by ${decided.way.keepOldCopyClosed.how.groupDropped}`,
      `asked by ${decided.way.failoverBy.default}`,
      decided.way.askAzure.isOffered ? "Azure may be asked" : "",
    ]),
    outcomes("What Next waits for", (decided) => [
      isRemoved(decided) ? "removed" : "not removed",
      decided.way.removal.isLocked ? "locked" : "",
      ...Object.entries(decided.way.lock).map(([page, said]) => `${page}: ${said.sentence}`),
    ]),
  ];
  await expect(text.join("\n")).toMatchFileSnapshot("./outcomes.txt");
});

test("every sentence there is", async () => {
  const sentences = new Set(possible.flatMap(({ way }) => sentencesOf(way)));
  await expect(`${[...sentences].sort().join("\n")}\n`).toMatchFileSnapshot("./sentences.txt");
});

/** Each outcome with the number of its rows, and of each fact the values that lead there, where not all do. */
function outcomes(title: string, partsOf: (decided: Decided) => readonly string[]): string {
  const found = new Map<string, WayFacts[]>();
  for (const decided of possible) {
    const outcome = partsOf(decided)
      .filter((part) => part !== "")
      .join("; ");
    const leading = found.get(outcome);
    if (leading === undefined) found.set(outcome, [decided.row]);
    else leading.push(decided.row);
  }
  const lines = [...found].map(
    ([outcome, leading]) => `${outcome}\n    ${String(leading.length)} rows: ${factsOf(leading)}`,
  );
  const count = `${String(found.size)} outcomes of ${String(possible.length)} rows`;
  return `${title}: ${count}\n\n${lines.sort().join("\n")}\n`;
}

function factsOf(leading: readonly WayFacts[]): string {
  return Object.entries(wayDimensions)
    .map(([name, values]) => {
      const seen = values.filter((value) =>
        // The name is one of the row's own, which Object.entries has forgotten.
        leading.some((row) => row[name as keyof WayFacts] === value),
      );
      return seen.length === values.length ? "" : `${name} ${seen.join("|")}`;
    })
    .filter((part) => part !== "")
    .join("; ");
}

function sentencesOf(way: Way): readonly string[] {
  const { refusal, keep, removal, understood, azure, comeBack, failoverBy } = way;
  const said = [
    refusal,
    keep.kind === "closed" ? keep : null,
    azure.lacks,
    removal.lacks,
    comeBack,
  ];
  return [
    ...[...said, ...Object.values(way.lock)].flatMap((one) =>
      one === null ? [] : [one.sentence, one.remedy],
    ),
    removal.sentence,
    understood.sentence,
    azure.sentence,
    way.letSqlServerBeRead.sentence,
    way.keepOldCopyClosed.sentence,
    way.dropGroup.sentence,
    failoverBy.sentence,
    way.askAzure.sentence,
  ].filter((text) => text !== "");
}
