// Reads on an mssql pool with the session's ordinary time-out.
import type { Request } from "mssql";
import type { Side } from "../../shared/estate/estate.ts";
import { abortable } from "./abortable.ts";
import { readFailure } from "./failure.ts";
import type { Mssql } from "./load-mssql.ts";
import type { OpenPool } from "./open-pool.ts";
import type { SqlParameters, SqlSession } from "./session.ts";

export function poolSession(open: OpenPool, side: Side): SqlSession {
  const { mssql, pool, address } = open;
  return {
    side,
    address,
    async read(text, parameters = {}, signal) {
      const request = withParameters(mssql, new mssql.Request(pool), parameters);
      try {
        const answer = await abortable(request.query(text), signal, () => {
          request.cancel();
        });
        // mssql types recordsets as any; every row is parsed where it is used.
        return answer.recordsets as unknown as readonly (readonly unknown[])[];
      } catch (error) {
        signal?.throwIfAborted();
        throw readFailure(error, address, open.lastRefusal());
      }
    },
    async close() {
      await pool.close();
    },
  };
}

function withParameters(mssql: Mssql, request: Request, parameters: SqlParameters): Request {
  for (const [name, value] of Object.entries(parameters)) {
    request.input(name, typeOf(mssql, value), value);
  }
  return request;
}

function typeOf(mssql: Mssql, value: SqlParameters[string]) {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? mssql.Int : mssql.Float;
    case "boolean":
      return mssql.Bit;
    default:
      return mssql.NVarChar;
  }
}
