// The advisory lock of a run: sp_getapplock, owned by the session, in master, without waiting.
import { z } from "zod";

/** 0 and 1 = granted, -1 = somebody else has it, below = error (sp_getapplock). Parameter: resource. */
export const takeLockSql = `DECLARE @result int;
EXEC @result = sys.sp_getapplock @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
SELECT @result AS result;`;

export const takeLockRow = z.object({ result: z.number() });

/** Whether this very session still has it: 'Exclusive', or 'NoLock' (APPLOCK_MODE). Parameter: resource. */
export const heldLockSql = `SELECT APPLOCK_MODE(N'public', @resource, N'Session') AS mode;`;

export const heldLockRow = z.object({ mode: z.string().nullable() });

/** Given back in so many words; the end of the session gives it back as well. Parameter: resource. */
export const releaseLockSql = `EXEC sys.sp_releaseapplock @Resource = @resource, @LockOwner = N'Session';`;
