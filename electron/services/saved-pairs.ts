// Pairs of servers that were connected: remembered when two servers belong together, changed as the operator wants it.
import type { SavedPair, SavedServer } from "../../shared/connect/saved-pair.ts";
import { exportText, merge, pairsIn } from "../../shared/connect/pair-exchange.ts";
import {
  hasPassword,
  ordered,
  pairIdOf,
  withChange,
  withUsed,
} from "../../shared/connect/saved-pair.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { SavedPairs } from "../../shared/connect/contract.ts";
import type { RequestInput, RequestOutput } from "../../shared/ipc.ts";
import type { Clock } from "../run/clock.ts";
import type { PairFile } from "../store/pair-file.ts";
import type { ConnectedPair, Connections } from "./connections.ts";
import type { PasswordOwner, Passwords } from "./passwords.ts";

export interface SavedPairService {
  list(): Promise<SavedPairs>;
  /** Throws AppError `pairsNotWritten`. */
  change(input: RequestInput<"pairs.change">): Promise<SavedPairs>;
  /** The text of a file with every pair, and without a secret. */
  exportText(): string;
  /** Throws AppError for what is no such file, `pairsNotWritten`. */
  importText(text: string): Promise<RequestOutput<"pairs.import">>;
  /** These servers are joined by a link; where two alone are connected, they belong together without one. */
  seen(linked: readonly Pair[]): void;
}

export interface SavedPairsOptions {
  readonly connections: Pick<Connections, "list" | "remembered">;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly file: () => PairFile;
  readonly isPractice: boolean;
}

const sides: readonly Side[] = ["box", "instance"];

export function createSavedPairs(options: SavedPairsOptions): SavedPairService {
  const { connections, passwords, clock, file } = options;
  /** Those that are written already, by their very connections: every reading sees the same ones again. */
  const noted = new WeakMap<SavedServer, WeakSet<SavedServer>>();
  let failure: Problem | undefined;
  const read = () => file().read() ?? [];
  const note = (connected: ConnectedPair): void => {
    const { box, instance } = connected;
    const beside = noted.get(box) ?? new WeakSet();
    if (beside.has(instance)) return;
    noted.set(box, beside.add(instance));
    const usedAt = new Date(clock.nowMs()).toISOString();
    file().write(withUsed(read(), { ...connected, name: null, isPinned: false, usedAt }));
  };
  const list = async (): Promise<SavedPairs> => {
    const found = file().read();
    const pairs = ordered(found ?? []);
    const kept = await passwords.keptFor(pairs.flatMap(ownersOf));
    const problem = found === undefined ? damaged : failure;
    return {
      pairs: pairs.map((pair, index) => ({
        ...pair,
        pairId: pairIdOf(pair),
        isPasswordKept: { box: kept[2 * index] ?? false, instance: kept[2 * index + 1] ?? false },
      })),
      canRememberPasswords: await passwords.canRemember(),
      ...(problem === undefined ? {} : { problem }),
    };
  };
  const write = (pairs: readonly SavedPair[]): void => {
    try {
      file().write(pairs);
    } catch (error) {
      throw new AppError(notWritten(error), error);
    }
  };
  return {
    list,
    exportText: () => exportText(ordered(read())),
    async importText(text) {
      const { pairs, ...counts } = merge(read(), pairsIn(text), options.isPractice);
      write(pairs);
      return { ...counts, saved: await list() };
    },
    async change({ pairId, change }) {
      const before = read();
      write(withChange(before, pairId, change));
      const gone = change.kind === "remove" ? before.find((one) => pairIdOf(one) === pairId) : null;
      // Passwords of a server that another pair has too are still somebody's.
      if (gone != null) {
        const still = read().flatMap(ownersOf).map(nameOf);
        const unowned = ownersOf(gone).filter((owner) => !still.includes(nameOf(owner)));
        for (const owner of unowned) await passwords.forget(owner);
      }
      return list();
    },
    seen(linked) {
      const servers = connections.list();
      const [box, instance] = sides.map((side) => servers.filter((one) => one.side === side));
      const alone =
        box?.length === 1 && instance?.length === 1
          ? [{ box: box[0]?.connectionId ?? null, instance: instance[0]?.connectionId ?? null }]
          : [];
      try {
        for (const pair of [...linked, ...alone]) {
          const connected = connections.remembered(pair);
          if (connected !== undefined) note(connected);
        }
        failure = undefined;
      } catch (error) {
        failure = notWritten(error);
      }
    },
  };
}

/** Both logins; that of somebody who needs no password has none. */
function ownersOf(pair: SavedPair): readonly PasswordOwner[] {
  return sides.map((side) => ownerOf(side, pair[side]));
}

function ownerOf(side: Side, saved: SavedServer): PasswordOwner {
  const { server, usePublicEndpoint, authentication } = saved;
  const login = hasPassword(authentication) ? authentication.login : "";
  return { side, server, usePublicEndpoint, login };
}

function nameOf(owner: PasswordOwner): string {
  return JSON.stringify(owner);
}

const damaged: Problem = {
  code: "pairsDamaged",
  class: "info",
  summary: "The file of the remembered connections cannot be read, so none are listed.",
  remedy: "Nothing needs to be done: the next connection writes the file anew.",
};

function notWritten(error: unknown): Problem {
  return {
    code: "pairsNotWritten",
    class: "info",
    summary: "The remembered connections cannot be written.",
    ...(error instanceof Error ? { detail: error.message } : {}),
    remedy: "Make room on the disk, or make the data folder writable; nothing else depends on it.",
  };
}
