// The users of one database that stand on a login which this server does not have.
import { z } from "zod";
import type { UserWithoutLogin } from "../../../shared/run/migration-seen.ts";
import { usersWithoutLogin } from "../../../shared/sql/migration-lines.ts";
import type { Query } from "./query.ts";

/** Needs VIEW ANY DEFINITION, without which every login but the own one is missing, and a database that can be opened. */
export function usersWithoutLoginOf(database: string): Query<UserWithoutLogin> {
  return {
    name: "users without a login",
    text: usersWithoutLogin(
      database,
      "p.name AS name, p.type AS type, CONVERT(varchar(172), p.sid, 1) AS sid",
    ),
    row: z.object({
      name: z.string(),
      type: z.enum(["S", "U", "E", "X"]),
      sid: z.string().regex(/^0x[0-9A-F]*$/u),
    }),
  };
}
