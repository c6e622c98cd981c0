// The connector over mssql: pools for reading, and single connections that are never replaced.
import { loadMssql } from "./load-mssql.ts";
import { openPool } from "./open-pool.ts";
import { pinnedSession, pinTo } from "./pinned-session.ts";
import { addressOf, poolConfig } from "./pool-config.ts";
import { poolSession } from "./pool-session.ts";
import type { Connector } from "./session.ts";

/** Never `sql.connect()`: that pool is the process's, and a second server would silently get the first one's. */
export const mssqlConnector: Connector = {
  async connect(login, signal) {
    const open = await openPool({
      mssql: await loadMssql(),
      configuration: poolConfig(login),
      address: addressOf(login),
      signal,
    });
    return poolSession(open, login.side);
  },

  async connectPinned(login, signal) {
    const address = addressOf(login);
    const pin = pinTo(address);
    const open = await openPool({
      mssql: await loadMssql(),
      configuration: { ...poolConfig(login), pool: { min: 1, max: 1 } },
      address,
      signal,
      onConnection: pin.onConnection,
    });
    return pinnedSession(open, pin, login.side, signal);
  },
};
