// The one function that decides pages, defaults, locks and sentences of a planned failover; screen, checks and plan ask it.
import {
  dropGroupOf,
  keepOldCopyClosedOf,
  letSqlServerBeReadOf,
  removalOf,
  understoodOf,
} from "./afterwards.ts";
import type { Fate } from "./afterwards.ts";
import { askAzureOf, azureNeedOf, failoverByOf, lacksOf } from "./azure-need.ts";
import { comeBackOf } from "./come-back.ts";
import { keepOf, moveOf, refusalOf } from "./move.ts";
import { pageNames } from "./pages.ts";
import type { PageName } from "./pages.ts";
import type { Said, Way, WayFacts, WayNames } from "./way.ts";

/** Pure and total: facts that contradict each other are answered too. */
export function decide(facts: WayFacts, names: WayNames): Way {
  const [move, refusal, keep] = [moveOf(facts), refusalOf(facts, names), keepOf(facts, names)];
  const hasWay = move !== "none";
  const isLocked = hasWay && keep.kind === "closed";
  const isRemoved = hasWay && (isLocked || facts.link === "remove");
  const fate: Fate = { hasWay, isLocked, isRemoved };
  const decided = {
    move,
    refusal,
    keep,
    isRemoved,
    removal: { ...removalOf(facts, names, fate), lacks: lacksOf(facts, names) },
    understood: understoodOf(names, fate),
    azure: azureNeedOf(facts, names, isRemoved),
    letSqlServerBeRead: letSqlServerBeReadOf(facts, names, fate),
    keepOldCopyClosed: keepOldCopyClosedOf(facts, names, fate),
    dropGroup: dropGroupOf(facts, names, fate),
    failoverBy: failoverByOf(facts, names),
    askAzure: askAzureOf(facts, names),
    comeBack: comeBackOf(facts, names, { stays: hasWay && !isRemoved, keep }),
    supportedTypes: supportedTypesOf(keep, move, facts),
  };
  return { ...decided, pages: pagesOf(decided), lock: locksOf(facts, names, decided) };
}

/** Where no way leads on, the list ends with the page that says so. */
function pagesOf({ refusal }: Pick<Way, "refusal">): readonly PageName[] {
  const isOver = refusal !== null && refusal.because !== "silence";
  return isOver ? pageNames.slice(0, pageNames.indexOf("failoverType") + 1) : pageNames;
}

type Decided = Omit<Way, "pages" | "lock">;

/**
 * Azure is asked for on its own page where no way goes without it; where the removal may be unticked, on the page of the
 * tick, so that nobody is kept from unticking it.
 */
function locksOf(facts: WayFacts, names: WayNames, decided: Decided): Way["lock"] {
  const { refusal, keep, removal, azure } = decided;
  const isOver = refusal !== null && refusal.because !== "silence";
  const signIn: Said | null =
    facts.reach === "both" ? (removal.isLocked ? azure.lacks : null) : names.silence;
  const postFailover: Said | null =
    keep.kind === "closed" && facts.link === "keep" ? keep : removal.isLocked ? null : azure.lacks;
  return {
    ...(isOver ? { failoverType: said(refusal) } : {}),
    ...(signIn === null ? {} : { signIn: said(signIn) }),
    ...(postFailover === null ? {} : { postFailover: said(postFailover) }),
  };
}

function said({ sentence, remedy }: Said): Said {
  return { sentence, remedy };
}

function supportedTypesOf(keep: Way["keep"], move: Way["move"], facts: WayFacts): string {
  if (facts.version === "notRead" || facts.version === "newer") return "unknown";
  if (move === "none") return "None over this link";
  return keep.kind === "open" ? "Planned" : "Planned, and the link is removed with it";
}
