// What a session keeps between batches, what ends a batch from outside, what the host hears of it.
import { describe, expect, test } from "vitest";
import { connect, context } from "./fake-host.ts";

describe("a session", () => {
  test("USE changes the database for later batches and tells the client", async () => {
    const { run } = await connect();
    const { outputs } = await run("USE [adatum]; USE Nothing; PRINT 'not reached'");
    expect(outputs.slice(0, 2)).toEqual([
      { kind: "database", from: "master", to: "Adatum" },
      { kind: "done" },
    ]);
    expect(outputs.find((output) => output.kind === "error")).toMatchObject({
      message: { number: 911 },
    });
    expect((await run("PRINT DB_NAME()")).messages).toEqual(["Adatum"]);
  });

  test("NOCOUNT keeps counts from the client until the session is reset", async () => {
    const { run, engine } = await connect();
    const count = async () => (await run("SELECT 1")).outputs.at(-1);
    expect(await count()).toEqual({ kind: "done", rowCount: 1 });
    await run("SET NOCOUNT ON");
    expect(await count()).toEqual({ kind: "done" });
    engine.resetSession(context);
    expect(await count()).toEqual({ kind: "done", rowCount: 1 });
  });

  test("every setting a client library sends at login is taken", async () => {
    const { run } = await connect();
    const settings = `set ansi_nulls on set ansi_null_dflt_on on set ansi_padding on set ansi_warnings on set arithabort on
      set concat_null_yields_null on set cursor_close_on_commit off set datefirst 7 set dateformat mdy set deadlock_priority normal
      set implicit_transactions off set language us_english set lock_timeout -1 set numeric_roundabort off set quoted_identifier on
      set rowcount 0 set textsize 2147483647 set transaction isolation level read committed set xact_abort off
      SET ANSI_NULLS, QUOTED_IDENTIFIER ON`;
    expect((await run(settings)).errors).toEqual([]);
  });

  test("LOCK_TIMEOUT, QUOTED_IDENTIFIER and open transactions are kept, and forgotten when the session closes", async () => {
    const { run, engine } = await connect();
    await run("SET LOCK_TIMEOUT 5000; SET QUOTED_IDENTIFIER OFF; BEGIN TRAN; BEGIN TRANSACTION t");
    expect(
      (
        await run(
          'PRINT "text"; PRINT @@LOCK_TIMEOUT; PRINT @@TRANCOUNT; COMMIT; PRINT @@TRANCOUNT',
        )
      ).messages,
    ).toEqual(["text", "5000", "2", "1"]);
    expect(engine.session(context.sessionId)).toMatchObject({
      lockTimeoutMs: 5000,
      transactionCount: 1,
    });
    engine.closeSession(context);
    expect((await run("COMMIT")).errors).toEqual([3902]);
    expect((await run("ROLLBACK TRAN")).errors).toEqual([3903]);
  });
});

describe("the record of a batch", () => {
  test("says the text and how it ended", async () => {
    const { run, host } = await connect();
    await run("SELECT 1");
    await run("SELECT * FROM nothing");
    await run("SELEC FROM");
    expect(host.log).toEqual([
      { text: "SELECT 1", outcome: "done" },
      { text: "SELECT * FROM nothing", outcome: "error", error: 208 },
      { text: "SELEC FROM", outcome: "error", error: 156 },
    ]);
  });

  test("a loop without waits ends when it is cancelled, and nothing behind it runs", async () => {
    const { run, host } = await connect();
    const controller = new AbortController();
    setImmediate(() =>
      setImmediate(() => {
        controller.abort();
      }),
    );
    const { errors, messages } = await run(
      "WHILE 1 = 1 SET NOCOUNT ON; PRINT 'behind'",
      [],
      controller.signal,
    );
    expect({ errors, messages }).toEqual({ errors: [], messages: [] });
    expect(host.log[0]?.outcome).toBe("cancelled");
  });

  test("a wait ends when it is cancelled, also inside TRY", async () => {
    const { run, host } = await connect();
    host.wait = (_delay, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Error("aborted"));
        });
      });
    const controller = new AbortController();
    setImmediate(() => {
      controller.abort();
    });
    const { messages } = await run(
      "BEGIN TRY WAITFOR DELAY '01:00:00' END TRY BEGIN CATCH PRINT 'caught' END CATCH",
      [],
      controller.signal,
    );
    expect(messages).toEqual([]);
    expect(host.log[0]?.outcome).toBe("cancelled");
  });

  test("a client that stops reading leaves the batch cancelled", async () => {
    const { engine, host } = await connect();
    for await (const output of engine.execute(
      context,
      "SELECT 1; PRINT 'b'",
      [],
      new AbortController().signal,
    )) {
      if (output.kind === "row") break;
    }
    expect(host.log).toEqual([{ text: "SELECT 1; PRINT 'b'", outcome: "cancelled" }]);
  });

  test("two sessions that run at once keep their variables and databases apart", async () => {
    const { engine } = await connect();
    const read = async (sessionId: number, database: string) => {
      const said: string[] = [];
      const text = `USE ${database}; DECLARE @i int = 0; WHILE @i < 5 SET @i += 1; PRINT DB_NAME(); PRINT @@SPID`;
      for await (const output of engine.execute(
        { ...context, sessionId },
        text,
        [],
        new AbortController().signal,
      )) {
        if (output.kind === "info") said.push(output.message.text);
      }
      return said;
    };
    expect(await Promise.all([read(61, "msdb"), read(62, "Adatum")])).toEqual([
      ["msdb", "61"],
      ["Adatum", "62"],
    ]);
  });
});
