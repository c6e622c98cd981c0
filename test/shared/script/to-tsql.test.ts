// Script files: whole batches that check before they act, nothing that sqlcmd or a hostile name could turn into something else.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quoteString } from "../../../shared/sql/quote.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { adatum, plannedChoices } from "../../scenarios/linked-estate.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { inputFor, plannedLinkAndServers } from "../plan/planned.ts";
import { buildPlan } from "../../../shared/plan/build.ts";
import type { Plan } from "../../../shared/plan/plan.ts";

const hash = "0123456789abcdef";
const { plan } = plannedLinkAndServers();
const [box, instance] = textsOf(plan);

describe("toTsqlScripts", () => {
  test("gives one file for each server, in the order in which they are run, with a byte order mark", () => {
    expect(
      toTsqlScripts(plan, hash).map(({ fileName, side, server, text }) => [
        fileName,
        side,
        server,
        text.startsWith("\uFEFF-- PRACTICE. "),
      ]),
    ).toEqual([
      ["1-sql-server.sql", "box", "SQLBOX01", true],
      ["2-managed-instance.sql", "instance", "sqlmi1.0123456789ab.database.windows.net", true],
    ]);
  });

  test("says in every header which server it is for, and the fingerprint of the plan", () => {
    for (const [text, server] of [
      [box, plan.box.serverName],
      [instance, plan.instance.serverName],
    ] as const) {
      expect(text).toContain(`-- Run this file on ${server} (`);
      expect(text).toContain(`-- Plan ${hash}`);
    }
  });

  test("says PRODUCTION or TEST where it is that", () => {
    expect(textsOf({ ...plan, environment: "production" })[0]).toContain("-- PRODUCTION. ");
    expect(textsOf({ ...plan, environment: "test" })[1]).toContain("-- TEST. ");
  });

  test("holds the plan's own statements as they are, once each, and only in the server's file", () => {
    const statements = plan.steps.flatMap((step) => step.statement ?? []);
    expect(statements).toHaveLength(2);
    for (const statement of statements) {
      expect(box.split(statement)).toHaveLength(2);
      expect(instance).not.toContain(statement);
    }
  });

  test("changes nothing on the managed instance: no EXEC but reading, no ALTER", () => {
    expect(instance).not.toMatch(/\b(EXEC|ALTER|DROP|CREATE|INSERT|UPDATE|DELETE)\b/u);
  });

  test("of a failover to SQL Server put the statement into the instance's file, first, and change nothing on SQL Server", () => {
    const failback = plannedLinkAndServers({ ...adatum, primary: "instance" }).plan;
    expect(toTsqlScripts(failback, hash).map(({ fileName, side }) => [fileName, side])).toEqual([
      ["1-managed-instance.sql", "instance"],
      ["2-sql-server.sql", "box"],
    ]);
    const [there, here] = textsOf(failback);
    const [statement = ""] = failback.steps.flatMap((step) => step.statement ?? []);
    expect(there.split(statement)).toHaveLength(2);
    expect(there).toContain("THROW 50010");
    expect(here).not.toMatch(/\b(EXEC|ALTER|DROP|CREATE|INSERT|UPDATE|DELETE)\b/u);
    // On another node of its group SQL Server would show the roles upside down.
    expect(here.split("THROW 50004")).toHaveLength(3);
    expect(there).toContain("-- 5. Resume the log backups on SQLBOX01 at once");
  });

  test("ends every EXEC's batch with it, so that a guard before GO never guards alone", () => {
    const changing = batchesOf(box).filter((batch) => batch.includes("EXEC (N'ALTER"));
    expect(changing).toHaveLength(2);
    for (const batch of changing) {
      const numbers = [...batch.matchAll(/THROW (\d+)/gu)].map(([, number]) => number);
      expect(numbers).toEqual(
        expect.arrayContaining(["50001", "50002", "50003", "50004", "50005", "50006", "50009"]),
      );
      expect(batch.lastIndexOf("THROW")).toBeLessThan(batch.indexOf("EXEC (N'ALTER"));
    }
  });

  test("puts gate and failover into one batch, the gate first", () => {
    const batch = batchesOf(box).find((one) => one.includes("FAILOVER;"));
    expect(batch).toContain("THROW 50010");
    expect(batch?.indexOf("THROW 50010")).toBeLessThan(batch?.indexOf("EXEC (N'ALTER") ?? 0);
    expect(batch).toContain("-- Step 1 of 4");
    expect(batch).toContain("-- Step 2 of 4");
  });

  test("takes the lock before the gate and asks for it before SSMS's last task, so that it never follows a foreign failover", () => {
    const [gate, last] = batchesOf(box).filter((batch) => batch.includes("EXEC (N'ALTER"));
    expect(gate?.indexOf("sp_getapplock")).toBeLessThan(gate?.indexOf("WHILE") ?? 0);
    expect(last).toContain("APPLOCK_MODE(");
    expect(last).not.toContain("sp_getapplock");
  });

  test("says in comments and by PRINT what one server cannot see", () => {
    expect(box).toContain("-- It cannot see sqlmi1.0123456789ab.database.windows.net's own");
    expect(box).toContain("PRINT N'Not seen from here: ");
  });

  test("numbers the steps in the plan's order in both files", () => {
    for (const text of [box, instance]) {
      expect(
        [...text.matchAll(/^-- Step \d of 4, (\S+): (.*)$/gmu)].map(([, id, title]) => [id, title]),
      ).toEqual(plan.steps.map((step) => [step.id, step.title]));
    }
  });

  test("reads as often and as long as the chosen gate, and leaves the proof out when it was ticked", () => {
    const gate = { ...plannedChoices(adatum).gate, stableSeconds: 60, leastReadings: 4 };
    const strict = gateBatch({ ...gate, giveUpSeconds: 600 });
    expect(strict).toContain("WHILE @held < 4");
    expect(strict).toContain("WAITFOR DELAY '00:00:20'");
    expect(strict).toContain("IF @readings >= 34 ");
    expect(strict).toContain("WHEN @remote0 IS NULL OR @remote0 < @own0");
    const ticked = gateBatch({ ...gate, acceptUnproved: true });
    expect(ticked).not.toContain("WHEN @own0");
    expect(ticked).toContain("WHEN @writers IS NULL OR @writers > 0");
  });

  test("holds neither variables of sqlcmd, its commands, nor a line that ends a batch unasked, whatever the names", () => {
    const name = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            "]",
            "'",
            '"',
            "$(x)",
            "\nGO\n",
            "\r\n:r x\r\n",
            "\n!!dir\n",
            "🏦",
            "*/",
            "--",
            "\u2028",
            "\\",
          ),
          fc.string({ unit: "binary", maxLength: 5 }),
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((parts) => parts.join("").replaceAll("\u0000", ""))
      .filter((text) => text !== "" && text.length <= 100);
    fc.assert(
      fc.property(name, name, name, name, (link, database, boxGroup, serverName) => {
        const shape: LinkShape = {
          ...adatum,
          link,
          database,
          boxGroup,
          box: { ...adatum.box, serverName },
        };
        const hostile = plannedLinkAndServers(shape).plan;
        const plainBatches = textsOf(plan).map((text) => batchesOf(text).length);
        textsOf(hostile).forEach((text, index) => {
          expect(text).not.toContain("$(");
          expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|[\u2028\u2029]/u);
          expect(text).not.toMatch(/^\s*(:|!!)/mu);
          expect(batchesOf(text)).toHaveLength(plainBatches[index] ?? 0);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("keeps a name of 128 brackets whole", () => {
    const link = "]".repeat(128);
    const [text] = textsOf(plannedLinkAndServers({ ...adatum, link }).plan);
    expect(text).toContain(`EXEC (N'ALTER AVAILABILITY GROUP [${"]".repeat(256)}] FAILOVER;');`);
    expect(text).toContain(`ag.name = ${quoteString(link)}`);
  });
});

function textsOf(of: Plan): [string, string] {
  const [first, second] = toTsqlScripts(of, hash).map((file) => file.text);
  return [first ?? "", second ?? ""];
}

/** As sqlcmd and SSMS cut a file: GO alone on a line. */
function batchesOf(text: string): readonly string[] {
  return text.split(/^GO$/mu).slice(0, -1);
}

function gateBatch(gate: ReturnType<typeof plannedChoices>["gate"]): string {
  const answer = buildPlan(inputFor(adatum, { choices: plannedChoices(adatum, { gate }) }));
  if (answer.kind === "refused") throw new Error("There is a plan.");
  return textsOf(answer.plan)[0];
}
