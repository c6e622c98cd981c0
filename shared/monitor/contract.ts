// What the window asks about one server that somebody watches: its newest values, who is on it, and the end of a session. Contract.
import { z } from "zod";
import { pairInput } from "../estate/pair.ts";
import { runIdInput } from "../run/run-id.ts";
import type { Connected } from "../sessions/connected.ts";
import type { SessionEnd, SessionLook } from "../sessions/session-end.ts";
import { seenSessionInput } from "../sessions/session-end.ts";
import type { LogUseRead } from "./live.ts";

const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const databases = z.array(z.string().min(1).max(128)).min(1).max(100);

export const watchRequests = {
  /** Ends one session, only while it is the very same one that was seen. Sent once. */
  "session.end": seenSessionInput.extend({ connectionId: id }),
  /** Whether that session is gone by now. */
  "session.look": seenSessionInput
    .pick({ sessionId: true, loginTime: true })
    .extend({ connectionId: id }),
  /** Starts (or goes on) reading each of these servers every second, none waiting for another; `live` events follow. */
  "live.watch": z.strictObject({ connectionIds: z.array(id).max(2) }),
  "live.unwatch": z.strictObject({}),
  /** How full the logs of these databases are on one server; asked for rarely. */
  "log.use": z.strictObject({ connectionId: id, databases }),
  /** Which user sessions are in these databases of a side; kept with the run that is named. */
  "sessions.connected": z.strictObject({
    pair: pairInput,
    side: z.enum(["box", "instance"]),
    databases,
    runId: runIdInput.optional(),
  }),
} as const;

export interface WatchOutputs {
  "session.end": SessionEnd;
  "session.look": SessionLook;
  "live.watch": null;
  "live.unwatch": null;
  "log.use": LogUseRead;
  "sessions.connected": Connected;
}
