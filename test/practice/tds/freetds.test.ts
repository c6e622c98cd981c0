// What an independent client, FreeTDS tsql, makes of answers, errors and messages.
import { expect, test } from "vitest";
import { goodPassword } from "./fake-backend.ts";
import { error, info, numbers } from "./outputs.ts";
import { hostileName, practiceServer } from "./practice-server.ts";
import { tsql } from "./tsql.ts";

const it = practiceServer("optional");

const run = (input: string, password = goodPassword): ReturnType<typeof tsql> =>
  tsql({ port: it.port, password, input });

test("two batches answer two result sets and their row counts", async () => {
  it.backend.scripts.set("one\n", () => [...numbers("a", 1, 2), ...numbers("b ] 🙂", 3)]);
  it.backend.scripts.set("two\n", () => numbers("c", 4));
  const { stdout } = await tsql({
    port: it.port,
    password: goodPassword,
    input: "one\ngo\ntwo\ngo\n",
    output: [],
  });
  expect(stdout.match(/(?:[abc]|b \] 🙂|\b\d|\(.* affected\))$/gmu)).toEqual([
    "a",
    "1",
    "2",
    "(2 rows affected)",
    "b ] 🙂",
    "3",
    "(1 row affected)",
    "c",
    "4",
    "(1 row affected)",
  ]);
});

test("an error in the middle of a batch is shown with number, severity, state, server and line", async () => {
  it.backend.scripts.set("partly\n", () => [
    ...numbers("a", 1),
    error(15151, `Cannot find '${hostileName}'.`, { severity: 16, state: 3, line: 7 }),
    ...numbers("b", 2),
  ]);
  const { stdout, stderr } = await run("partly\ngo\n");
  expect(stderr).toContain(
    `Msg 15151 (severity 16, state 3) from ${it.backend.serverName} Line 7:`,
  );
  expect(stderr).toContain(`"Cannot find '${hostileName}'."`);
  expect(stdout.match(/^\d+$/gmu)).toEqual(["1", "2"]);
});

test("messages of PRINT are shown, and the return status of a procedure in a batch", async () => {
  it.backend.scripts.set("print\n", () => [
    info(0, "first ö"),
    info(3211, "10 percent processed."),
    { kind: "returnStatus", value: -1 },
    { kind: "done" },
  ]);
  const { stdout, stderr } = await tsql({
    port: it.port,
    password: goodPassword,
    input: "print\ngo\n",
    output: [],
  });
  expect(stderr).toContain("first ö");
  expect(stderr).toContain("10 percent processed.");
  expect(stdout).toContain("(return status = -1)");
});

test("a wrong password is refused with 18456", async () => {
  const { stderr, exitCode } = await run("", "wrong");
  expect(stderr).toContain("Msg 18456 (severity 14, state 1)");
  expect(exitCode).not.toBe(0);
});

test("5000 rows arrive in order", async () => {
  const all = Array.from({ length: 5000 }, (_, n) => n);
  it.backend.scripts.set("many\n", () => numbers("n", ...all));
  const { stdout } = await run("many\ngo\n");
  expect(stdout.match(/^\d+$/gmu)?.map(Number)).toEqual(all);
});
