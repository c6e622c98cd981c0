// Builds a scenario from what somebody would say of a link: versions, edition, policy, tier, who is primary.
import { goesBothWays, isOlder, releaseOf, type UpdatePolicy } from "../world/versions.ts";
import type { ServerKey } from "../world/state.ts";
import { healthy } from "./healthy.ts";
import type { Scenario, ServerPlan } from "./scenario.ts";

/** Builds of SQL Server, by the names people give them. */
const builds = {
  "2016 SP3": { productVersion: "13.0.7000.253", productLevel: "SP3", productUpdateLevel: null },
  "2017 CU31": { productVersion: "14.0.3490.10", productLevel: "RTM", productUpdateLevel: "CU31" },
  "2019 CU20": { productVersion: "15.0.4312.2", productLevel: "RTM", productUpdateLevel: "CU20" },
  "2022 RTM": { productVersion: "16.0.1000.6", productLevel: "RTM", productUpdateLevel: null },
  "2022 CU10": { productVersion: "16.0.4095.4", productLevel: "RTM", productUpdateLevel: "CU10" },
  "2022 CU12": { productVersion: "16.0.4115.5", productLevel: "RTM", productUpdateLevel: "CU12" },
  "2022 CU13": { productVersion: "16.0.4125.3", productLevel: "RTM", productUpdateLevel: "CU13" },
  "2022 CU19": { productVersion: "16.0.4195.2", productLevel: "RTM", productUpdateLevel: "CU19" },
  "2025 RTM": { productVersion: "17.0.1000.7", productLevel: "RTM", productUpdateLevel: null },
} as const satisfies Readonly<Record<string, Partial<ServerPlan>>>;

const editions = {
  Enterprise: { edition: "Enterprise Edition (64-bit)", engineEdition: 3 },
  Developer: { edition: "Developer Edition (64-bit)", engineEdition: 3 },
  Standard: { edition: "Standard Edition (64-bit)", engineEdition: 2 },
} as const satisfies Readonly<Record<string, Partial<ServerPlan>>>;

/** What an instance tells of itself under each policy (domain.md 1.3); always-up-to-date may tell 12.0 as well. */
const policies: Readonly<Record<UpdatePolicy, Partial<ServerPlan>>> = {
  SQLServer2022: { productVersion: "12.0.2000.8", productUpdateType: "CU" },
  SQLServer2025: { productVersion: "17.0.4035.6", productUpdateType: "CU" },
  AlwaysUpToDate: { productVersion: "17.0.4035.6", productUpdateType: "Continuous" },
};

export interface LinkRecipe extends Pick<Scenario, "name" | "summary"> {
  /** Default 2022 CU19, Enterprise, of one node. */
  readonly build?: keyof typeof builds;
  readonly edition?: keyof typeof editions;
  readonly nodes?: 1 | 2;
  /** Default SQLServer2022, GeneralPurpose. */
  readonly policy?: UpdatePolicy;
  readonly tier?: "GeneralPurpose" | "BusinessCritical";
  /** The side the link was made from, and the one that is primary now; default SQL Server. */
  readonly firstPrimary?: ServerKey;
  readonly primary?: ServerKey;
  /** Default: Manual where the link can go both ways. */
  readonly failoverMode?: "None" | "Manual";
  /** The application connects to the new primary by itself. */
  readonly followsPrimary?: boolean;
}

/** Throws for a link that the service would not have made. */
export function linkOf(recipe: LinkRecipe): Scenario {
  const { name, summary, firstPrimary = "box", primary = firstPrimary } = recipe;
  const box = { ...healthy.box, ...boxPlan(recipe, primary) };
  const instance = {
    ...healthy.instance,
    ...policies[recipe.policy ?? "SQLServer2022"],
    serviceTier: recipe.tier ?? "GeneralPurpose",
  };
  const bothWays = goesBothWays({ ...box, key: "box" }, { ...instance, key: "instance" });
  const failoverMode = recipe.failoverMode ?? (bothWays ? "Manual" : "None");
  const problem = whyImpossible({ box, instance, firstPrimary, primary, failoverMode, bothWays });
  if (problem !== undefined) throw new Error(`No link ${name}: ${problem}`);
  return {
    ...healthy,
    name,
    summary,
    box,
    instance,
    primary,
    link: { ...healthy.link, failoverMode, firstPrimary },
    workload: { ...healthy.workload, followsPrimary: recipe.followsPrimary ?? false },
  };
}

function boxPlan(recipe: LinkRecipe, primary: ServerKey): Partial<ServerPlan> {
  const build = builds[recipe.build ?? "2022 CU19"];
  const isCluster = recipe.nodes === 2;
  // Connections are let in by whoever makes it a secondary: the link's wizard, or the failover (domain.md 2.1, 3.a).
  const isReadable = primary === "instance" && recipe.edition !== "Standard";
  return {
    ...build,
    ...editions[recipe.edition ?? "Enterprise"],
    secondaryAllowConnections: isReadable ? "ALL" : "NO",
    // Before 2017 there is no CLUSTER_TYPE, and a group of one node has a cluster too.
    clusterType: isCluster || build.productVersion.startsWith("13.") ? "WSFC" : "NONE",
    otherNodes: isCluster
      ? [
          {
            name: "SQLBOX02",
            replicaId: "7A4E0C92-D561-4B3F-9E08-2F6B1D7C35A8",
            secondaryAllowConnections: "NO",
          },
        ]
      : [],
  };
}

interface Made {
  readonly box: ServerPlan;
  readonly instance: ServerPlan;
  readonly firstPrimary: ServerKey;
  readonly primary: ServerKey;
  readonly failoverMode: "None" | "Manual";
  readonly bothWays: boolean;
}

/** What the service asks when a link is made (domain.md 1.1 to 1.3), as one sentence. */
function whyImpossible(made: Made): string | undefined {
  const { box, firstPrimary, primary, failoverMode, bothWays } = made;
  const own = releaseOf({ ...box, key: "box" });
  const format = releaseOf({ ...made.instance, key: "instance" });
  const { instanceFirstFloor: floor } = own;
  if (isOlder(box.productVersion, own.linkFloor)) {
    return `SQL Server ${own.year} carries none below ${own.linkFloor}.`;
  }
  if (own.year > format.year) return "the instance's format is older than SQL Server's (41984).";
  if (bothWays) {
    return firstPrimary === "instance" && (floor === null || isOlder(box.productVersion, floor))
      ? `its first primary can be an instance from ${floor ?? "SQL Server 2022"} on.`
      : undefined;
  }
  if (failoverMode === "Manual") return "failover in both directions needs equal formats (41988).";
  return firstPrimary === "instance" || primary === "instance"
    ? "an instance is primary only where formats are equal."
    : undefined;
}
