// Which driver a login goes by: ODBC for the account of the Windows session, mssql for every other one.
import { mssqlConnector } from "./mssql-session.ts";
import { besideTheProgram } from "./odbc-driver.ts";
import type { OdbcPlace } from "./odbc-driver.ts";
import { odbcConnector } from "./odbc-session.ts";
import type { Connector, ServerLogin } from "./session.ts";

export function connectorWith(place: OdbcPlace): Connector {
  const odbc = odbcConnector(place);
  const by = ({ isWindowsSession }: ServerLogin) =>
    isWindowsSession === true ? odbc : mssqlConnector;
  return {
    connect: (login, signal) => by(login).connect(login, signal),
    connectPinned: (login, signal) => by(login).connectPinned(login, signal),
  };
}

export const connector: Connector = connectorWith(besideTheProgram);
