// The PowerShell script's text, for every way: the grammar accepts it, it calls what the table holds, and it keeps no secret.
import { beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../../shared/plan/plan.ts";
import { azSqlVersion, cmdlets, commonParameters } from "../../../shared/script/cmdlets.ts";
import { powershellLiteral } from "../../../shared/script/powershell-literal.ts";
import { toPowershellScript } from "../../../shared/script/to-powershell.ts";
import { everyWay } from "./every-way.ts";
import { powershellGrammar } from "./powershell-grammar.ts";
import type { PowershellText } from "./powershell-grammar.ts";

let read: (text: string) => PowershellText;
beforeAll(async () => {
  read = await powershellGrammar();
});

describe.each(everyWay)("the PowerShell script of a link %s", (_, plan) => {
  const { text } = toPowershellScript(plan, "0123456789abcdef");

  test("is accepted by the grammar", () => {
    expect(read(text).errors).toEqual([]);
  });

  test("calls cmdlets of the table with parameters of the table, and its own functions with their own", () => {
    const { calls, functions } = read(text);
    expect(calls.length).toBeGreaterThan(20);
    expect(functions.get("Send-Change")).toEqual(["-Side", "-Then", "-Batch"]);
    for (const { name, parameters } of calls) {
      const cmdlet = cmdlets.find((one) => one.name === name);
      const own = functions.get(name);
      expect(cmdlet !== undefined || own !== undefined, name).toBe(true);
      const known = own ?? [...(cmdlet?.parameters ?? []), ...commonParameters];
      expect(
        parameters.filter((one) => !known.includes(one)),
        name,
      ).toEqual([]);
    }
  });

  test("holds each step's id once, and each changing statement once", () => {
    for (const { id, statement } of plan.steps) {
      expect(text.split(`'${id}'`), id).toHaveLength(2);
      if (statement !== undefined) expect(text.split(statement), id).toHaveLength(2);
    }
  });

  test("says what it needs, where it does not run, and sends every batch without sqlcmd's variables", () => {
    expect(text.startsWith("\uFEFF# ")).toBe(true);
    // No cmdlet sets a role: a demotion is sent by T-SQL.
    expect(text.includes(`ModuleName = 'Az.Sql'; ModuleVersion = '${azSqlVersion}'`)).toBe(
      plan.azure !== null &&
        plan.move !== "demote" &&
        plan.steps.some(({ request }) => request !== undefined),
    );
    expect(text).toContain("Not for Azure Cloud Shell");
    const sent = text.split("\n").filter((line) => line.includes("Invoke-Sqlcmd -"));
    // Of a forced failover the side that is given up is never asked.
    expect(sent).toHaveLength(plan.kind === "forcedFailover" ? 1 : 2);
    for (const line of sent) expect(line).toMatch(/-DisableVariables .*-ErrorAction Stop/u);
  });

  test("deletes only behind a reading of every server it may ask, and drops only when the link is gone", () => {
    const at = text.indexOf("Remove-AzSqlInstanceLink");
    expect(at !== -1).toBe(!plan.keepLink);
    if (plan.keepLink) return;
    const before = text.slice(0, at).split("\nFind-Link\n").at(-1) ?? "";
    expect(before).toMatch(
      // Where SQL Server is gone: the loss and the name, then the instance once more.
      plan.kind === "forcedFailover"
        ? /\nConfirm-Loss\nAssert-Batch -Side 'instance'/u
        : /Assert-Gate|(-Side 'box'[\s\S]*-Side 'instance')/u,
    );
    const drop = text.indexOf("DROP AVAILABILITY GROUP");
    expect(text.slice(at, drop)).toContain("$script:linkSeen -eq 'no'");
  });
});

describe.each(everyWay.filter(([, { kind }]) => kind === "forcedFailover"))(
  "the PowerShell script of a link %s",
  (_, plan) => {
    const { text } = toPowershellScript(plan, "0123456789abcdef");

    test("asks for the link's name before it forces, and no switch stands for it", () => {
      const [asked, forces] = [text.indexOf("\nConfirm-Loss\n"), forcedAt(plan, text)];
      expect(asked).toBeGreaterThan(-1);
      expect(asked).toBeLessThan(forces);
      expect(text).toContain(
        "[string]::Equals($typed, $linkName, [System.StringComparison]::Ordinal)",
      );
      expect(text).toMatch(/^ {4}\[string\] \$ConfirmLinkName = ''$/mu);
      expect(text.match(/^ {4}\[switch\].*$/gmu)).toHaveLength(1);
    });

    test("knows nothing of the side that is given up but its name", () => {
      const gone = plan.from === "box" ? "Box" : "Instance";
      expect(text).not.toMatch(
        new RegExp(`\\$(Trust)?${gone}(Server|Credential|Certificate)`, "u"),
      );
      expect(text).not.toContain(`-Side '${plan.from}'`);
    });
  },
);

function forcedAt(plan: Plan, text: string): number {
  const method = plan.steps.find(({ request }) => request !== undefined)?.request?.method;
  const act =
    method === "DELETE"
      ? "$null = Remove-AzSqlInstanceLink"
      : method === "POST"
        ? "$null = Start-AzSqlInstanceLinkFailover"
        : "FORCE_FAILOVER_ALLOW";
  const at = text.indexOf(act);
  expect(at).toBeGreaterThan(-1);
  return at;
}

test("the table names every cmdlet once, its module, the version it came with and where that is said", () => {
  expect(new Set(cmdlets.map(({ name }) => name)).size).toBe(cmdlets.length);
  for (const { module, since, source } of cmdlets) {
    expect([module, since, source]).toEqual([
      expect.stringMatching(/^[A-Z][\w.]+$/u),
      expect.stringMatching(/^\d+(\.\d+)+$/u),
      expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//u),
    ]);
  }
});

test("the grammar would find what does not fit", () => {
  expect(read("Remove-AzSqlInstanceLink -Name $x |\n-InstanceName $y\n").errors).not.toEqual([]);
});

describe("powershellLiteral", () => {
  test.each([
    ["plain", "'plain'"],
    ['it\'s $(x) `n "z"', "'it''s $(x) `n \"z\"'"],
    ["\u2018a\u2019b\u201ac\u201bd", "'\u2018\u2018a\u2019\u2019b\u201a\u201ac\u201b\u201bd'"],
    ["a\nb", "('a' + [char]10 + 'b')"],
    ["\u202Etxet", "('' + [char]8238 + 'txet')"],
    ["", "''"],
  ])("gives %j to PowerShell as it is", (text, literal) => {
    expect(powershellLiteral(text)).toBe(literal);
    expect(read(`$x = ${literal}\n`).errors).toEqual([]);
  });
});
