// Who is connected to a side's databases: after a failover, whoever was not pointed elsewhere. Contract.
import { z } from "zod";

export const connectedSession = z.strictObject({
  sessionId: z.number(),
  login: z.string(),
  /** Null: the session does not tell. */
  host: z.string().nullable(),
  program: z.string().nullable(),
  database: z.string(),
  status: z.string(),
  /** By the server's own clock; null: not told. */
  lastRequest: z.string().nullable(),
  openTransactions: z.number(),
});
export type ConnectedSession = z.infer<typeof connectedSession>;

export const connectedSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unreadable"), because: z.string() }),
  z.strictObject({
    kind: z.literal("seen"),
    serverName: z.string(),
    /** SYSDATETIMEOFFSET() of that server at the reading. */
    serverTime: z.string(),
    databases: z.array(z.string()).readonly(),
    sessions: z.array(connectedSession).readonly(),
  }),
]);
export type Connected = z.infer<typeof connectedSchema>;

/** One sentence; what could not be read is never nobody. `server`: what it is called where it did not answer. */
export function connectedSentence(connected: Connected, server: string): string {
  if (connected.kind === "unreadable") {
    return `Who still connects to ${server} is not known: ${connected.because}`;
  }
  const { serverName, sessions, databases } = connected;
  const where = `${databases.join(", ")} on ${serverName}`;
  if (sessions.length === 0) return `No user session works in ${where}.`;
  const many =
    sessions.length === 1 ? "1 user session works" : `${sessions.length} user sessions work`;
  return `${many} in ${where}: point them to the new primary.`;
}

/** A session is counted by the database it works in. */
export const connectedNote =
  "Counted are user sessions by the database that they are in at that moment. Who connects later, or works across databases, is not in it.";
