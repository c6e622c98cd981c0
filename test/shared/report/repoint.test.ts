// Connection strings to the new primary: only where it was read back, and whatever the names hold.
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../shared/plan/plan.ts";
import { buildReport } from "../../../shared/report/build.ts";
import type { ConnectionString } from "../../../shared/report/repoint.ts";
import { reportToMarkdown } from "../../../shared/report/to-markdown.ts";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import { done, failoverStep, gateStep, plan, started } from "../run/events.ts";

function reportOf(...bodies: readonly RunEventBody[]) {
  const report = buildReport(foldEvents(numbered(bodies)));
  if (report === undefined) throw new Error("The run has begun.");
  return report;
}

/** The strings of a finished run to a server at that address, by driver. */
function stringsTo(address: string, database = "AdatumBooks") {
  const changed: Plan = {
    ...plan,
    link: { ...plan.link, databases: [database] },
    instance: { ...plan.instance, address },
  };
  const { repoint } = reportOf(...finishedRun(changed, []));
  return Object.fromEntries(
    (repoint?.strings ?? []).map(({ driver, text }) => [driver, text]),
  ) as Readonly<Partial<Record<ConnectionString["driver"], string>>>;
}

describe("connection strings", () => {
  test("name the new primary, each database and encryption, and hold no sign-in", () => {
    expect(stringsTo("sqlmi1.a0b1c2.database.windows.net")).toEqual({
      "ADO.NET":
        "Server=tcp:sqlmi1.a0b1c2.database.windows.net,1433;Initial Catalog=AdatumBooks;Encrypt=True;TrustServerCertificate=False",
      JDBC: "jdbc:sqlserver://;serverName=sqlmi1.a0b1c2.database.windows.net;databaseName=AdatumBooks;encrypt=true;trustServerCertificate=false",
      ODBC: "Driver={ODBC Driver 18 for SQL Server};Server=tcp:sqlmi1.a0b1c2.database.windows.net,1433;Database=AdatumBooks;Encrypt=yes;TrustServerCertificate=no",
    });
  });

  test("keep a port, and leave the port of a named instance to the Browser service", () => {
    const byPort = stringsTo("sqlmi1.public.a0b1c2.database.windows.net,3342");
    expect(byPort["ADO.NET"]).toContain("=tcp:sqlmi1.public.a0b1c2.database.windows.net,3342;");
    expect(byPort.JDBC).toContain(";portNumber=3342;");
    const named = stringsTo("sqlbox01\\PAYROLL");
    expect(named["ADO.NET"]).toMatch(/^Server=sqlbox01\\PAYROLL;/u);
    expect(named.JDBC).toContain("serverName=sqlbox01;instanceName=PAYROLL;databaseName");
    expect(named.ODBC).toContain(";Server=sqlbox01\\PAYROLL;");
  });

  test("let no name end its value", () => {
    const strings = stringsTo("sqlmi1", 'a;User ID="sa"}b');
    expect(strings["ADO.NET"]).toContain('Initial Catalog="a;User ID=""sa""}b";');
    expect(strings.JDBC).toContain('databaseName={a;User ID="sa"}}b};');
    expect(strings.ODBC).toContain('Database={a;User ID="sa"}}b};');
  });

  test("are not told where no new primary was read back", () => {
    expect(reportOf(started, ...done(gateStep, failoverStep)).repoint).toBeUndefined();
    expect(reportOf(started).repoint).toBeUndefined();
  });

  test("stand in the report", () => {
    const report = reportOf(...finishedRun(plan, []));
    expect(reportToMarkdown(report)).toContain(report.repoint?.strings[0]?.text);
  });
});
