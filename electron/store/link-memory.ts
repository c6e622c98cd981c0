// One small file per link: what its primary last said of itself, kept for a forced failover. It helps, and never stands in the way.
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Estate } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { LinkMemory } from "../../shared/forced/link-memory.ts";
import { memoryOf } from "../../shared/forced/link-memory.ts";
import { writeWhole } from "./write-whole.ts";

const lsn = z.string().regex(/^\d{1,25}$/u);

const memoryFile: z.ZodType<{ readonly formatVersion: 1; readonly memory: LinkMemory }> =
  z.strictObject({
    formatVersion: z.literal(1),
    memory: z.strictObject({
      primary: z.enum(["box", "instance"]),
      readAt: z.iso.datetime(),
      serverTime: z.string().max(60),
      databases: z.array(
        z.strictObject({
          name: z.string(),
          lastCommitLsn: lsn.nullable(),
          lastCommitTime: z.string().max(60).nullable(),
          logSendQueueKb: z.number().nullable(),
        }),
      ),
      failoverMode: z.string().nullable(),
    }),
  });

/** Each file is flushed to the disk: of many links only so many at once, and the rest with the next readings. */
const mostAtOnce = 20;

/**
 * After a good reading of both sides; of more than `mostAtOnce` links those whose files are oldest. A disk that takes no file is
 * not told of: nothing else depends on it.
 */
export function rememberLinks(dataFolder: () => string, estate: Estate): void {
  const all = findLinks(estate).links.flatMap((link) => memoryOf(estate, link) ?? []);
  for (const { groupId, memory } of oldestFirst(dataFolder, all).slice(0, mostAtOnce)) {
    try {
      const path = fileOf(dataFolder(), groupId);
      const failoverMode =
        memory.failoverMode ?? recallLink(dataFolder, groupId)?.failoverMode ?? null;
      const text = JSON.stringify({ formatVersion: 1, memory: { ...memory, failoverMode } });
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeWhole(path, `${text}\n`, true);
    } catch {
      // The loss is unknown then, as on a computer that has never read the link.
    }
  }
}

function oldestFirst<One extends { readonly groupId: string }>(
  dataFolder: () => string,
  all: readonly One[],
): readonly One[] {
  if (all.length <= mostAtOnce) return all;
  const writtenMs = new Map(all.map(({ groupId }) => [groupId, writtenAt(dataFolder, groupId)]));
  return all.toSorted(
    (one, other) => (writtenMs.get(one.groupId) ?? 0) - (writtenMs.get(other.groupId) ?? 0),
  );
}

/** 0 where there is none, or nowhere to look. */
function writtenAt(dataFolder: () => string, groupId: string): number {
  try {
    return statSync(fileOf(dataFolder(), groupId)).mtimeMs;
  } catch {
    return 0;
  }
}

/** By the link's group_id on the side that is to take over. Undefined where there is none, or none that can be understood. */
export function recallLink(dataFolder: () => string, groupId: string): LinkMemory | undefined {
  try {
    const text = readFileSync(fileOf(dataFolder(), groupId), "utf8");
    return memoryFile.parse(JSON.parse(text)).memory;
  } catch {
    return undefined;
  }
}

/** A server's text becomes a file's name only where it is what group_id always is; throws otherwise. */
function fileOf(dataFolder: string, groupId: string): string {
  return join(dataFolder, "links", `${z.guid().parse(groupId).toLowerCase()}.json`);
}
