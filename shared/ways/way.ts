// What a planned failover of a link can be: the facts that decide it, and everything that they decide. Plain data. Contract.
import type { Build } from "../estate/versions.ts";
import type { PageName } from "./pages.ts";

/** Every value of every fact: the test walks their whole product. */
export const wayDimensions = {
  /** Of SQL Server; `newer`: than this tool. `notRead`: it is silent. */
  version: [
    "2016",
    "2017",
    "2019",
    "2022BelowCu10",
    "2022Cu10To12",
    "2022FromCu13",
    "2025",
    "newer",
    "notRead",
  ],
  /** Enterprise, Developer and Evaluation are one engine. */
  edition: ["enterprise", "standard", "notRead"],
  /** The side that is to become primary. */
  to: ["instance", "box"],
  /** What was chosen for the link. */
  link: ["keep", "remove"],
  /** The instance's update policy against SQL Server's version. */
  policy: ["matches", "differs", "alwaysUpToDate", "notTold"],
  /** As Azure has it; `notTold` also stands for a mode that this tool does not know. */
  failoverMode: ["Manual", "None", "notTold"],
  reach: ["both", "boxSilent", "instanceSilent"],
  /** `notRead`: nobody is signed in, or Azure did not tell of the link. A right that was not told counts as held: Azure decides. */
  azure: ["all", "noDelete", "noFailover", "onlyReads", "notRead"],
  /** Whether the login on the instance may run ALTER AVAILABILITY GROUP. */
  instanceLogin: ["altersGroups", "doesNot"],
  /** Links besides this one over SQL Server's local availability group. */
  otherLinks: ["none", "some"],
} as const;

type Dimensions = typeof wayDimensions;
export type WayFacts = { readonly [Name in keyof Dimensions]: Dimensions[Name][number] };

/** What the sentences call things; harmless to show. */
export interface WayNames {
  readonly link: string;
  readonly box: string;
  readonly instance: string;
  readonly databases: string;
  /** "SQL Server 2022". */
  readonly version: string;
  /** "16.0.4115.5". */
  readonly build: string;
  /** The build from which this version fails a link over and keeps it; null where none does. */
  readonly floor: Build | null;
  /** "SQL Server 2022", "Always-up-to-date", "unknown". */
  readonly policy: string;
  /** SQL Server's local availability group. */
  readonly group: string;
  /** The other links over it, "LINK_B and LINK_C"; empty where there are none. */
  readonly otherLinks: string;
  /** What was said of the side that is silent. */
  readonly silence: Said;
  /** Why Azure was not read. */
  readonly azure: Said;
}

/** What is, and what to do. */
export interface Said {
  readonly sentence: string;
  readonly remedy: string;
}

/** `delete`: only one way; the link ends with it (design, *One way*). */
export type Move = "failover" | "delete" | "none";

/** The fact that decided. */
export type Because = "version" | "failoverMode" | "policy" | "silence";

export interface Way {
  readonly move: Move;
  /** Why there is none; null for every other move. */
  readonly refusal: (Said & { readonly because: Because }) | null;
  /** Whether the link can stay. */
  readonly keep: { readonly kind: "open" } | ({ readonly kind: "closed" } & ClosedKeep);
  /** The link goes with what was chosen, or whatever is chosen. */
  readonly isRemoved: boolean;
  readonly removal: {
    readonly isOffered: boolean;
    readonly isDefault: boolean;
    /** It is removed whatever is ticked. */
    readonly isLocked: boolean;
    /** What stands in the way of removing it, whatever was chosen; null where nothing does. */
    readonly lacks: Lack | null;
    readonly sentence: string;
  };
  /** "I understand", asked where the tick of the removal is locked, as in SSMS. */
  readonly understood: { readonly isRequired: boolean; readonly sentence: string };
  /** `lacks`: what stands in the way of asking Azure for what is chosen; null where nothing does. */
  readonly azure: {
    readonly isNeeded: boolean;
    readonly lacks: Lack | null;
    readonly sentence: string;
  };
  readonly letSqlServerBeRead: Offer;
  /** SET READ_ONLY by a step needs the local group dropped; everything else is a script that is left. */
  readonly keepOldCopyClosed: Offer & {
    readonly how: Readonly<Record<"groupDropped" | "groupStays", "step" | "script">>;
  };
  readonly dropGroup: Offer;
  readonly failoverBy: { readonly default: "tsql" | "arm"; readonly sentence: string };
  /** Azure asked for the failover in place of T-SQL; `isDefault`: it is, as nothing else is left. */
  readonly askAzure: Offer;
  readonly comeBack: Said & { readonly kind: "yes" | "offline" | "no" | "unknown" };
  /** What SSMS calls "Supported failover types". */
  readonly supportedTypes: string;
  readonly pages: readonly PageName[];
  /** Why a page stays shut, one sentence and what to do; a page without one is not shut by any of this. */
  readonly lock: Readonly<Partial<Record<PageName, Said>>>;
}

/** What Azure was not told by, or does not allow. */
export type Lack = Said & { readonly what: "signIn" | "deleteRight" };

export type ClosedKeep = Said & { readonly because: Exclude<Because, "silence"> };

export interface Offer {
  readonly isOffered: boolean;
  readonly isDefault: boolean;
  readonly sentence: string;
}
