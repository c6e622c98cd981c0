// Answers BEGIN, COMMIT and ROLLBACK that come as transaction manager requests ([MS-TDS] 2.2.6.9).
import { SqlError } from "../sql-types.ts";
import { env, envBytes } from "./tokens.ts";
import { wireReader } from "./wire-reader.ts";

const request = { begin: 5, commit: 7, rollback: 8, save: 9 };
const nothing = Buffer.alloc(0);

export interface Transactions {
  /** The ENVCHANGE to send. Throws SqlError 3902 and 3903 without a transaction, 50000 for savepoints, 8501 for distributed ones. */
  readonly answer: (body: Buffer) => Buffer;
  readonly clear: () => void;
}

/** The transactions of one session, counted as @@TRANCOUNT counts them; they have no other effect here. */
export function transactions(serverName: string): Transactions {
  let depth = 0;
  const descriptor = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);

  const begin = (): Buffer => {
    depth += 1;
    return depth === 1 ? envBytes(env.beginTransaction, descriptor, nothing) : nothing;
  };
  const commit = (): Buffer => {
    if (depth === 0) {
      throw new SqlError(
        3902,
        "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.",
      );
    }
    depth -= 1;
    return depth === 0 ? envBytes(env.commitTransaction, nothing, descriptor) : nothing;
  };
  const rollback = (): Buffer => {
    if (depth === 0) {
      throw new SqlError(
        3903,
        "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.",
      );
    }
    depth = 0;
    return envBytes(env.rollbackTransaction, nothing, descriptor);
  };
  /** Commit and rollback may ask for the next transaction in the same message. */
  const beginsAnother = (body: Buffer): boolean => {
    const reader = wireReader(body);
    reader.u16();
    reader.bVarChar();
    return reader.remaining() > 0 && (reader.u8() & 1) === 1;
  };

  return {
    answer: (body) => {
      const kind = wireReader(body).u16();
      switch (kind) {
        case request.begin:
          return begin();
        case request.commit:
        case request.rollback: {
          const ended = kind === request.commit ? commit() : rollback();
          return beginsAnother(body) ? Buffer.concat([ended, begin()]) : ended;
        }
        case request.save:
          throw new SqlError(50000, "The practice server keeps no savepoints.");
        default:
          throw new SqlError(8501, `MSDTC on server '${serverName}' is unavailable.`, { state: 3 });
      }
    },
    clear: () => {
      depth = 0;
    },
  };
}
