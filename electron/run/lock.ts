// The advisory lock of one link on one server: taken, looked after and given back on one connection that is never replaced.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { lockResource } from "../../shared/sql/lock-resource.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { lockOwnerRow, lockOwnerSql, shownResourceLength } from "../estate/queries/lock-owner.ts";
import {
  heldLockRow,
  heldLockSql,
  releaseLockSql,
  takeLockRow,
  takeLockSql,
} from "../estate/queries/lock-take.ts";
import type { PinnedSession } from "../sql/session.ts";

export interface HeldLock {
  readonly session: PinnedSession;
  readonly groupId: string;
}

/** `heldBySomebody.owner` is the sentence's beginning: who, on which host, since when, or "Somebody". */
export type LockAnswer =
  | { readonly kind: "taken"; readonly lock: HeldLock }
  | { readonly kind: "heldBySomebody"; readonly owner: string }
  | { readonly kind: "failed"; readonly problem: Problem };

/**
 * Opens a connection of its own and asks for the lock without waiting. On any answer but `taken` the connection is closed
 * again. Throws only what is not an AppError.
 */
export async function takeLock(
  open: () => Promise<PinnedSession>,
  groupId: string,
): Promise<LockAnswer> {
  let session: PinnedSession | undefined;
  let answer: LockAnswer;
  try {
    session = await open();
    answer = await askForLock(session, groupId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    answer = { kind: "failed", problem: error.problem };
  }
  if (answer.kind !== "taken") await session?.close();
  return answer;
}

/** Why the lock is gone, in words, or undefined while this very connection still has it. */
export async function lockLoss(lock: HeldLock): Promise<string | undefined> {
  const { session } = lock;
  if (!session.isOpen) return `The connection to ${session.address} that held the lock has ended.`;
  try {
    const [rows] = await session.read(heldLockSql, { resource: lockResource(lock.groupId) });
    const { mode } = heldLockRow.parse(rows?.[0]);
    return mode === "Exclusive" ? undefined : `${session.address} does not hold the lock any more.`;
  } catch (error) {
    if (error instanceof AppError) return error.problem.summary;
    throw error;
  }
}

/** The end of the session gives the lock back too, so a failure here needs nobody. */
export async function releaseLock(lock: HeldLock): Promise<void> {
  try {
    if (lock.session.isOpen) {
      await lock.session.read(releaseLockSql, { resource: lockResource(lock.groupId) });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  } finally {
    await lock.session.close();
  }
}

async function askForLock(session: PinnedSession, groupId: string): Promise<LockAnswer> {
  const resource = lockResource(groupId);
  const answers = await session.read(takeLockSql, { resource });
  const { result } = takeLockRow.parse(answers.at(-1)?.[0]);
  if (result >= 0) return { kind: "taken", lock: { session, groupId } };
  if (result === -1) return { kind: "heldBySomebody", owner: await ownerOf(session, resource) };
  return {
    kind: "failed",
    problem: {
      code: "lockRefused",
      class: "block",
      summary: `${session.address} refused the lock (sp_getapplock answered ${String(result)}).`,
      remedy: "Read both sides and try again.",
    },
  };
}

async function ownerOf(session: PinnedSession, resource: string): Promise<string> {
  try {
    const prefix = resource.slice(0, shownResourceLength);
    const [rows] = await session.read(lockOwnerSql, { prefix });
    const row = rows?.[0] === undefined ? undefined : lockOwnerRow.parse(rows[0]);
    if (row === undefined) return "Somebody";
    const host = row.host === null ? "" : ` on ${row.host}`;
    const program = row.program === null ? "" : ` with ${row.program}`;
    return visibleText(`${row.login}${host}${program}, since ${row.since} by that server's clock,`);
  } catch (error) {
    // Without VIEW SERVER STATE the lock can be felt but its owner not seen.
    if (error instanceof AppError) return "Somebody";
    throw error;
  }
}
