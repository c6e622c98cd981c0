// The full product of the facts that decide a way, the rows that cannot be, and the names of a row's sentences.
import type { WayFacts, WayNames } from "../../../shared/ways/way.ts";
import { wayDimensions } from "../../../shared/ways/way.ts";

export const names: WayNames = {
  link: "LINK_Adatum",
  box: "SQLBOX01",
  instance: "sqlmi1",
  databases: "Adatum",
  version: "<version>",
  build: "<build>",
  floor: { version: "16.0.4125.3", name: "CU13" },
  policy: "<policy>",
  group: "AG_Adatum",
  otherLinks: "LINK_B",
  silence: { sentence: "<server> does not answer.", remedy: "Check the address." },
  azure: { sentence: "Nobody is signed in to Azure.", remedy: "Sign in to Azure." },
};

type Row = Readonly<Record<string, string>>;

/** Every row, in the order of the dimensions. */
export function allRows(): readonly WayFacts[] {
  const rows = Object.entries(wayDimensions).reduce<readonly Row[]>(
    (sofar, [name, values]) =>
      sofar.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  // Every name has one of its own values, which the compiler cannot see through the reduction.
  return rows as unknown as readonly WayFacts[];
}

/** How many values each fact has. */
export function sizeOf(name: keyof typeof wayDimensions): number {
  return wayDimensions[name].length;
}

interface Impossible {
  readonly why: string;
  readonly is: (row: WayFacts) => boolean;
}

const oneWayVersions: readonly string[] = ["2016", "2017", "2019"];

/** What no estate can show, each with its reason; a row may be impossible for several. */
export const impossible: readonly Impossible[] = [
  {
    why: "SQL Server tells its version and its edition exactly while it answers.",
    is: ({ version, edition, reach }) =>
      (version === "notRead") !== (reach === "boxSilent") ||
      (edition === "notRead") !== (reach === "boxSilent"),
  },
  {
    why: "The update policy is compared only where both servers answer.",
    is: ({ policy, reach }) => policy !== "notTold" && reach !== "both",
  },
  {
    why: "A silent instance tells no rights of its login.",
    is: ({ instanceLogin, reach }) =>
      instanceLogin === "altersGroups" && reach === "instanceSilent",
  },
  {
    why: "A silent SQL Server lists no other link.",
    is: ({ otherLinks, reach }) => otherLinks === "some" && reach === "boxSilent",
  },
  {
    why: "Only Azure tells the failover mode of a link.",
    is: ({ failoverMode, azure }) => failoverMode !== "notTold" && azure === "notRead",
  },
  {
    why: "No update policy matches a version before 2022, or one that is newer than this tool.",
    is: ({ version, policy }) =>
      policy === "matches" && (oneWayVersions.includes(version) || version === "newer"),
  },
  {
    why: "An instance is never primary of a link with SQL Server 2019 or older.",
    is: ({ version, to }) => to === "box" && oneWayVersions.includes(version),
  },
];

export function whyImpossible(row: WayFacts): string | undefined {
  return impossible.find(({ is }) => is(row))?.why;
}
