// The files beside ending a session, run by FreeTDS: what the practice servers carry out.
import { expect, test } from "vitest";
import { writerNeverStops } from "../../../practice/scenarios/writer-never-stops.ts";
import { truth } from "../../../practice/world/truth.ts";
import { endSessionScript, keepOutScripts } from "../../../shared/sessions/scripts.ts";
import type { ScriptPlace } from "../../../shared/sessions/scripts.ts";
import {
  freeTds,
  practiceEstate,
  rowsOf,
  withPool,
} from "../../practice/server/practice-estate.ts";

const estate = practiceEstate({ scenario: writerNeverStops, clock: "manual" });
const place: ScriptPlace = {
  environment: "practice",
  linkName: "LINK_Adatum",
  side: "box",
  serverName: "SQLBOX01",
};
const { groupId } = writerNeverStops.link;
const run = (text = "") => freeTds(estate(), "sqlServer", text);
const disabled = () => truth(estate().world.state).box.disabledLogins;

test("the logins are disabled, a second time changes nothing, and the undo enables exactly those", async () => {
  const [keep, letIn] = keepOutScripts(place, groupId, [
    "adatum_import",
    "practice_dba",
    "no 'such'",
  ]);
  const { stderr } = await run(keep?.text);
  expect(stderr).toContain("Disabled: adatum_import");
  expect(disabled()).toEqual(["adatum_import"]);
  await run(keep?.text);
  expect(disabled()).toEqual(["adatum_import"]);
  expect((await run(letIn?.text)).stderr).toContain("Enabled: adatum_import");
  expect(disabled()).toEqual([]);
});

test("on another server than its own no file does anything", async () => {
  const elsewhere = { ...place, serverName: "SQLBOX02" };
  for (const { text } of keepOutScripts(elsewhere, groupId, ["adatum_import"])) {
    expect((await run(text)).stderr).toContain("Msg 50002");
  }
  expect(disabled()).toEqual([]);
});

test("the kill by hand ends the very session once, and then nobody", async () => {
  const asked =
    "SELECT session_id AS id, CONVERT(varchar(33), login_time, 126) AS since, host_process_id AS process FROM sys.dm_exec_sessions WHERE login_name = N'adatum_import'";
  const [row] = await withPool(estate(), "sqlServer", (pool) => rowsOf(pool, asked));
  const { text } = endSessionScript(place, {
    serverName: "SQLBOX01",
    sessionId: Number(row?.["id"]),
    loginTime: String(row?.["since"]),
    hostProcessId: Number(row?.["process"]),
    login: "adatum_import",
  });
  expect((await run(text)).stdout).toContain("killed");
  expect((await run(text)).stdout).toContain("gone");
  expect(truth(estate().world.state).changes.filter((one) => one.text.startsWith("KILL"))).toEqual([
    { server: "box", text: `KILL ${String(row?.["id"])}`, count: 1, outcomes: ["done"] },
  ]);
});
