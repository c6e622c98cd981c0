// Reads several facts in one batch, each under its own guard: what one may not see, or has not, costs no other one.
import type { Problem } from "../../shared/errors/app-error.ts";
import { problemFromSqlError } from "../../shared/errors/sql-errors.ts";
import type { Fact } from "../../shared/estate/estate.ts";
import type { SqlSession } from "../sql/session.ts";
import { isRefusal, missingNeed, namesOf, problemOf } from "./guarded.ts";
import type { Need } from "./guarded.ts";
import type { Query } from "./queries/query.ts";
import { onlyRow, parseRows } from "./queries/query.ts";
import type { RightsRow } from "./queries/rights.ts";
import { rightsQuery } from "./queries/rights.ts";
import { refusalIn, triedText } from "./queries/tried.ts";

/** A query, and the rights without which its rows look like fewer than there are. */
export interface Guarded<Row> {
  readonly query: Query<Row>;
  readonly needs: readonly Need[];
}

type FactsOf<Parts> = {
  readonly [Index in keyof Parts]: Parts[Index] extends Guarded<infer Row>
    ? Fact<readonly Row[]>
    : never;
};

/**
 * One batch, whatever it meets: the rights, then each query under TRY. A fact is `notAllowed` with the missing right's name or
 * `failed` by itself; all are where the batch as a whole failed. Throws when the connection failed, or was aborted.
 */
export async function readApart<const Parts extends readonly Guarded<unknown>[]>(
  session: SqlSession,
  parts: Parts,
  signal?: AbortSignal,
): Promise<FactsOf<Parts>> {
  const facts = await factsOf(session, parts, signal);
  // One fact for each of `parts`, in order, parsed with its own schema; an array cannot tell the compiler so.
  return facts as unknown as FactsOf<Parts>;
}

async function factsOf(
  session: SqlSession,
  parts: readonly Guarded<unknown>[],
  signal: AbortSignal | undefined,
): Promise<readonly Fact<readonly unknown[]>[]> {
  const text = [rightsQuery.text.trim(), ...parts.map(({ query }) => triedText(query))];
  try {
    const [rightsSet, ...sets] = await session.read(text.join("\n\n"), undefined, signal);
    const rightsRows = parseRows(rightsQuery, rightsSet, session);
    const rights = onlyRow(rightsRows, session, rightsQuery.name);
    const left = [...sets];
    return parts.map((part) => factOf(part, answerOf(part.query, left, session), rights));
  } catch (error) {
    const problem = problemOf(error);
    return parts.map(() => ({ kind: "failed", problem }));
  }
}

type QueryAnswer =
  | { readonly kind: "rows"; readonly rows: readonly unknown[] }
  | { readonly kind: "failed"; readonly problem: Problem };

/** Takes the result sets of this query off `left`: a query may fail before or after it has sent its first rows. */
function answerOf(
  query: Query<unknown>,
  left: (readonly unknown[])[],
  session: SqlSession,
): QueryAnswer {
  const set = left.shift();
  const before = refusalIn(set, query.name);
  const behind = before === undefined ? refusalIn(left[0], query.name) : undefined;
  if (behind !== undefined) left.shift();
  const refusal = before ?? behind;
  try {
    return refusal === undefined
      ? { kind: "rows", rows: parseRows(query, set, session) }
      : {
          kind: "failed",
          problem: problemFromSqlError(refusal.number, refusal.message, session.address),
        };
  } catch (error) {
    return { kind: "failed", problem: problemOf(error) };
  }
}

function factOf(
  { needs }: Guarded<unknown>,
  answer: QueryAnswer,
  rights: RightsRow,
): Fact<readonly unknown[]> {
  const permission = missingNeed(needs, rights);
  if (answer.kind === "rows") {
    return permission === undefined
      ? { kind: "seen", value: answer.rows }
      : { kind: "notAllowed", permission };
  }
  return isRefusal(answer.problem)
    ? { kind: "notAllowed", permission: permission ?? namesOf(needs, rights) }
    : answer;
}
