// Reads both sides, finds the database with its link or without, runs the checks of an offline fail back and builds its plan.
import type { OfflineFailBackChoices } from "../../shared/choices/choices.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Estate } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link } from "../../shared/estate/link.ts";
import { buildOfflinePlan } from "../../shared/offline/build.ts";
import { checkOffline } from "../../shared/offline/checks.ts";
import type { OfflineInput } from "../../shared/offline/input.ts";
import { sourceEnd } from "../../shared/offline/input.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { EstateSources } from "../estate/read.ts";
import { readEstate } from "../estate/read.ts";
import { readSource, readTarget } from "../estate/read-offline.ts";
import type { Clock } from "./clock.ts";
import { pickLinkOf } from "./make-plan.ts";
import { copiesOn } from "./make-repair-plan.ts";
import { planHash } from "./plan-hash.ts";
import type { PlannedAgain } from "./start-run.ts";

export interface OfflineRequest {
  /** Undefined: the only one there is, or the database's. */
  readonly linkName: string | undefined;
  readonly choices: OfflineFailBackChoices;
  readonly environment: Environment;
}

/** `link`: as a run of this plan names it, whether it is there or gone. */
export type OfflinePlanning = PlannedAgain & { readonly link: Link; readonly isLinkThere: boolean };

/** Throws AppError `databaseNotNamed`, and where a link is named or the only hint those of `pickLinkOf`. */
export async function planOffline(
  sources: EstateSources,
  { linkName, choices, environment }: OfflineRequest,
  clock: Clock,
): Promise<OfflinePlanning> {
  const estate = await readEstate(sources, clock);
  const { link, database } = whatToBringBack(estate, linkName, choices.database);
  const seenLink = link ?? goneLink(database);
  const [source, target, copies] = await Promise.all([
    readSource(sources.instance, database),
    readTarget(sources.box),
    copiesOn(sources, "instance", { ...seenLink, databases: [database] }),
  ]);
  const input: OfflineInput = { estate, link, database, choices, source, target, copies };
  const findings = checkOffline(input);
  const answer = buildOfflinePlan({ ...input, environment, findings });
  const isLinkThere = sourceEnd(input) !== undefined;
  const named = { link: isLinkThere ? seenLink : goneLink(database), isLinkThere };
  if (answer.kind === "refused") {
    const added = answer.findings.filter((finding) => !findings.includes(finding));
    return { estate, ...named, findings: [...findings, ...added], approved: undefined };
  }
  const { plan } = answer;
  return { estate, ...named, findings, approved: { plan, hash: planHash(plan) } };
}

interface ToBringBack {
  readonly link: Link | undefined;
  readonly database: string;
}

function whatToBringBack(
  estate: Estate,
  linkName: string | undefined,
  database: string | undefined,
): ToBringBack {
  if (database !== undefined && linkName === undefined) {
    const link = findLinks(estate).links.find(({ databases }) => databases.includes(database));
    return { link, database };
  }
  const link = pickLinkOf(estate, linkName);
  const [only, ...others] = link.databases;
  const name = database ?? (others.length === 0 ? only : undefined);
  if (name !== undefined) return { link, database: name };
  throw new AppError({
    code: "databaseNotNamed",
    class: "block",
    summary: `The link ${link.name} carries ${link.databases.length === 0 ? "no database that is shown" : link.databases.join(", ")}.`,
    remedy: "Say which one with --database.",
  });
}

/** Called by its database, as its plan calls it. */
function goneLink(database: string): Link {
  const absent = { kind: "absent" } as const;
  return { name: database, databases: [database], box: absent, instance: absent };
}
