// The az script's text, for every way: bash and shellcheck accept it, it calls what the table holds, and it keeps no secret.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { azCommands, sqlcmdOptions } from "../../../shared/script/az-commands.ts";
import { bashLiteral } from "../../../shared/script/bash-literal.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { everyWay } from "./every-way.ts";

const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

describe.each(everyWay)("the az script of a link %s", (way, plan) => {
  const { text } = toAzScript(plan, "0123456789abcdef");

  test("is accepted by bash", () => {
    expect(checked("bash", ["-n"], text)).toEqual([0, ""]);
  });

  test.runIf(hasShellcheck)("is accepted by shellcheck", () => {
    expect(checked("shellcheck", ["-f", "gcc", "-"], text)).toEqual([0, ""]);
  });

  test("holds each step's id once, and each changing statement once", () => {
    for (const { id, statement } of plan.steps) {
      expect(text.split(`'${id}'`), id).toHaveLength(2);
      if (statement !== undefined) expect(text.split(statement), id).toHaveLength(2);
    }
  });

  test("calls only commands of the Azure CLI that the table holds, with options it holds", () => {
    const calls = azCalls(text);
    // The CLI takes no such link name for a failover, and has no command that sets a role: by T-SQL.
    const isByTsql = way === "back by Azure, hostile names" || plan.move === "demote";
    expect(calls.length > 0).toBe(plan.azure !== null && !isByTsql);
    for (const { name, options } of calls) {
      const command = azCommands.find((one) => one.name === name);
      expect(command, name).toBeDefined();
      expect(options.filter((one) => !command?.options.includes(one))).toEqual([]);
    }
  });

  test("calls sqlcmd only with options that both of its variants have", () => {
    const [line = ""] = /^ *local options=.*$/mu.exec(withoutTsql(text)) ?? [];
    const more = /options\+=\((.*)\)/u.exec(withoutTsql(text))?.[1] ?? "";
    const options = [...`${line} ${more}`.matchAll(/(?<=[ (])-[A-Za-z]\b/gu)].map(([one]) => one);
    expect(options.length).toBeGreaterThan(5);
    expect(options.filter((one) => !sqlcmdOptions.includes(one))).toEqual([]);
  });

  test("asks Azure to delete only behind a reading of every server it may ask", () => {
    const own = withoutTsql(text);
    const at = own.indexOf("az sql mi link delete");
    expect(at !== -1).toBe(!plan.keepLink);
    if (plan.keepLink) return;
    const before = own.slice(0, at).split("look_for_link\n").at(-1) ?? "";
    expect(before).toMatch(
      // Where SQL Server is gone: the loss and the name, then the instance once more.
      plan.kind === "forcedFailover"
        ? /^if [\s\S]*\nconfirm_loss\nprove instance /u
        : /gate_is_open|(ask box[\s\S]*ask(_since)? instance)/u,
    );
  });
});

describe("bashLiteral", () => {
  test.each([
    ["plain", "'plain'"],
    ['it\'s $(x) `y` "z" \\', String.raw`'it'\''s $(x) ${"`"}y${"`"} "z" \'`],
    ["a\nb'\\", String.raw`$'a\x0ab\'\\'`],
    ["\u202Etxet", String.raw`$'\xe2\x80\xaetxet'`],
    ["🏦", "'🏦'"],
  ])("gives %j to bash as it is", (text, literal) => {
    expect(bashLiteral(text).toLowerCase()).toBe(literal.toLowerCase());
    const { stdout } = spawnSync("bash", ["-c", `printf '%s' ${bashLiteral(text)}`]);
    expect(stdout.toString("utf8")).toBe(text);
  });
});

function checked(program: string, args: readonly string[], input: string): readonly unknown[] {
  const { status, stdout, stderr } = spawnSync(program, [...args], { input, encoding: "utf8" });
  return [status, `${stdout}${stderr}`];
}

/** What bash itself runs. */
function withoutTsql(text: string): string {
  return text
    .replaceAll(/<< 'END_OF_TSQL'\n[\s\S]*?\nEND_OF_TSQL$/gmu, "")
    .replaceAll(/^ *#.*$/gmu, "");
}

function azCalls(text: string) {
  const names = azCommands.map(({ name }) => name).join("|");
  return [...withoutTsql(text).matchAll(/(?:^|[(!|]|then) *az ([a-z][^\n]*)/gmu)].map(
    ([, call = ""]) => ({
      name: new RegExp(`^(${names})(?= )`, "u").exec(call)?.[0] ?? call,
      options: [...(call.split(" || ")[0] ?? "").matchAll(/(?<= )--[a-z-]+/gu)].map(
        ([option]) => option,
      ),
    }),
  );
}
