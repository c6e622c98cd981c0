// Ending one session: what is asked, and what became of it. Contract.
import { z } from "zod";
import type { Problem } from "../errors/app-error.ts";
import type { WritingSession } from "../estate/estate.ts";
import type { SeenSession } from "../sql/end-session.ts";

/** A session as the operator saw it in the list. */
export const seenSessionInput = z.strictObject({
  serverName: z.string().min(1).max(128),
  sessionId: z.number().int().min(1).max(32_767),
  loginTime: z.string().min(1).max(33),
  hostProcessId: z.number().int().nullable(),
  login: z.string().max(128),
});

/** Whether the very session is still on its server. */
export type SessionLook =
  | { readonly kind: "gone" }
  | { readonly kind: "there" }
  /** Null: the server does not say. */
  | {
      readonly kind: "rollingBack";
      readonly percent: number | null;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: "notAllowed" | "noAnswer" };

export type SessionEnd =
  /** Sent, and looked at afterwards. */
  | { readonly kind: "killed"; readonly look: SessionLook }
  | { readonly kind: "goneAlready" }
  /** The number belongs to another connection now; nothing was ended. */
  | { readonly kind: "otherSession" }
  | { readonly kind: "refused"; readonly problem: Problem }
  /** The answer was lost; what a look showed afterwards. */
  | { readonly kind: "unknown"; readonly problem: Problem; readonly look: SessionLook };

/** Undefined for what no KILL by session reaches: system tasks, and transactions without a session. */
export function endable(serverName: string, writing: WritingSession): SeenSession | undefined {
  const { session, origin } = writing;
  if (session === undefined || origin === "system" || session.loginTime === "") return undefined;
  const { sessionId, loginTime, hostProcessId, login } = session;
  return { serverName, sessionId, loginTime, hostProcessId, login };
}
