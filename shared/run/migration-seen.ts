// What the instance says of its new databases after a migration, as the journal keeps it. Contract.
import { z } from "zod";

export interface MigrationSeen {
  /** Compatibility level that a new database gets on the instance: its newest; null where it was not told. */
  readonly newestLevel: number | null;
  readonly databases: readonly MigratedDatabase[];
}

export interface MigratedDatabase {
  readonly name: string;
  /** Null where the instance did not tell it. */
  readonly compatibilityLevel: number | null;
  readonly users: UsersSeen;
}

/** A catalog that could not be read is never "nobody". */
export type UsersSeen =
  | { readonly kind: "unreadable"; readonly because: string }
  | { readonly kind: "seen"; readonly withoutLogin: readonly UserWithoutLogin[] };

/** A user of the database whose login the instance does not have. */
export interface UserWithoutLogin {
  readonly name: string;
  /** sys.database_principals.type: SQL user, Windows user, Microsoft Entra user or group. */
  readonly type: "S" | "U" | "E" | "X";
  /** As T-SQL writes it: 0x and hexadecimal digits. */
  readonly sid: string;
}

/** Journals are parsed back with it. */
export const migrationSeenSchema: z.ZodType<MigrationSeen> = z.strictObject({
  newestLevel: z.number().nullable(),
  databases: z.array(
    z.strictObject({
      name: z.string(),
      compatibilityLevel: z.number().nullable(),
      users: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("unreadable"), because: z.string() }),
        z.strictObject({
          kind: z.literal("seen"),
          withoutLogin: z.array(
            z.strictObject({
              name: z.string(),
              type: z.enum(["S", "U", "E", "X"]),
              sid: z.string().regex(/^0x[0-9A-F]*$/u),
            }),
          ),
        }),
      ]),
    }),
  ),
});
