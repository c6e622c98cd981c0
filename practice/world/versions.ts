// What each release of SQL Server can do with a link, and which release a server is: one table.
import type { ServerState } from "./state.ts";

/** The year in a release's name; a managed instance has the format of one of the last two. */
export type Year = 2016 | 2017 | 2019 | 2022 | 2025;

/** `databaseFormat` of an instance, as ARM spells it. */
export type UpdatePolicy = "SQLServer2022" | "SQLServer2025" | "AlwaysUpToDate";

export interface Release {
  readonly year: Year;
  /** First part of ProductVersion; databases made there have ten times as much as compatibility level. */
  readonly major: number;
  /** The first build that carries a link to an instance (domain.md 1.1). */
  readonly linkFloor: string;
  /** The first build that fails a link over by T-SQL; null: none does (19504). */
  readonly failoverFloor: string | null;
  /** The first build that takes a link whose first primary is the instance; null: none does. */
  readonly instanceFirstFloor: string | null;
  /** The update policy with which a link goes both ways; null: none. */
  readonly twoWayPolicy: UpdatePolicy | null;
  /** Built-in functions the practice estate has and this release has not (195). */
  readonly unknownFunctions: readonly string[];
}

/** In order of age. */
export const releases: readonly Release[] = [
  {
    year: 2016,
    major: 13,
    linkFloor: "13.0.7000.253",
    failoverFloor: null,
    instanceFirstFloor: null,
    twoWayPolicy: null,
    unknownFunctions: ["STRING_AGG", "TRIM"],
  },
  {
    year: 2017,
    major: 14,
    linkFloor: "14.0.3490.10",
    failoverFloor: null,
    instanceFirstFloor: null,
    twoWayPolicy: null,
    unknownFunctions: [],
  },
  {
    year: 2019,
    major: 15,
    linkFloor: "15.0.4312.2",
    failoverFloor: null,
    instanceFirstFloor: null,
    twoWayPolicy: null,
    unknownFunctions: [],
  },
  {
    year: 2022,
    major: 16,
    linkFloor: "16.0.1000.6",
    failoverFloor: "16.0.4125.3",
    instanceFirstFloor: "16.0.4095.4",
    twoWayPolicy: "SQLServer2022",
    unknownFunctions: [],
  },
  {
    year: 2025,
    major: 17,
    linkFloor: "17.0.1000.7",
    failoverFloor: "17.0.1000.7",
    instanceFirstFloor: "17.0.1000.7",
    twoWayPolicy: "SQLServer2025",
    unknownFunctions: [],
  },
];

type Versioned = Pick<ServerState, "key" | "productVersion" | "productUpdateType">;

/** An instance is as new as its update policy; always-up-to-date as the newest release, whatever version it tells. */
export function releaseOf(server: Versioned): Release {
  const wanted =
    server.key === "instance"
      ? ({ SQLServer2022: 16, SQLServer2025: 17, AlwaysUpToDate: 17 } as const)[policyOf(server)]
      : Number.parseInt(server.productVersion, 10);
  const release = releases.find(({ major }) => major === wanted);
  if (release === undefined) throw new Error(`no release of version ${server.productVersion}`);
  return release;
}

/** The update policy of an instance by what it tells itself: ProductUpdateType first, then the version (domain.md 1.3). */
export function policyOf({ productVersion, productUpdateType }: Versioned): UpdatePolicy {
  if (productUpdateType !== "CU") return "AlwaysUpToDate";
  return Number.parseInt(productVersion, 10) >= 17 ? "SQLServer2025" : "SQLServer2022";
}

/** Whether log of the instance can be redone on SQL Server: policy and version match exactly. */
export function goesBothWays(box: Versioned, instance: Versioned): boolean {
  return releaseOf(box).twoWayPolicy === policyOf(instance);
}

/** Whether build `one` ("16.0.4115.5") came before build `other`. */
export function isOlder(one: string, other: string): boolean {
  const left = one.split(".").map(Number);
  const right = other.split(".").map(Number);
  for (const [index, part] of right.entries()) {
    const own = left[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}
