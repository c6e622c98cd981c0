// BEGIN, COMMIT and ROLLBACK TRANSACTION: counted, for nothing here writes rows.
import { SqlError } from "../../sql-types.ts";
import type { Session } from "./session.ts";

/** Errors 3902 and 3903 where no transaction is open. */
export function runTransaction(action: "BEGIN" | "COMMIT" | "ROLLBACK", session: Session): void {
  if (action === "BEGIN") {
    session.transactionCount += 1;
    return;
  }
  if (session.transactionCount === 0) {
    throw action === "COMMIT"
      ? new SqlError(3902, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.")
      : new SqlError(
          3903,
          "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.",
        );
  }
  session.transactionCount = action === "ROLLBACK" ? 0 : session.transactionCount - 1;
}
