// What a DBA does on the practice instance beside the application, by a connection of its own.
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import { practiceLogins } from "./practice-logins.ts";

export async function onInstance(estate: PracticeEstate, statement: string): Promise<void> {
  const session = await mssqlConnector.connectPinned(practiceLogins(estate).instance);
  await session.execute(statement);
  await session.close();
}
