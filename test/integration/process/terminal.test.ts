// An operator at a terminal: asked for both passwords and for a yes. A real terminal, made by `script` (util-linux, BSD).
import { afterAll, expect, test, vi } from "vitest";
import { startProgram } from "../../fakes/started-program.ts";
import type { Started } from "../../fakes/started-program.ts";
import { complaintsOf } from "./complaints.ts";
import { newMark } from "./descendants.ts";
import { endRehearsals, rehearse } from "./rehearsal.ts";
import type { Operator } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 180_000 });
const mark = newMark();
afterAll(async () => {
  mark.end();
  await endRehearsals();
});

interface Typist {
  readonly screen: Started;
  /** Waits until the screen shows these words after all that was shown before, then types. */
  readonly answer: (words: string, typed: string) => Promise<void>;
}

/** Without the options that say where the passwords are. */
function atTerminal(operator: Operator, words: readonly string[]): Typist {
  const command = operator
    .commandLine(words)
    .filter((word, at, all) => !`${word} ${all[at - 1] ?? ""}`.includes("-password-env"));
  const inShell = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const args =
    process.platform === "linux"
      ? ["-q", "-e", "-c", inShell, "/dev/null"]
      : ["-q", "/dev/null", ...command];
  const screen = startProgram("script", args, { environment: mark.environment, isTypedTo: true });
  let shown = "";
  screen.child.stdout.on("data", (text: string) => (shown += text));
  let read = 0;
  return {
    screen,
    async answer(question, typed) {
      const end = await vi.waitUntil(
        () => {
          const at = shown.indexOf(question, read);
          return at === -1 ? undefined : at + question.length;
        },
        { timeout: 60_000 },
      );
      read = end;
      screen.child.stdin.write(`${typed}\r`);
    },
  };
}

async function logIn({ answer }: Typist, [box, instance]: readonly string[]): Promise<void> {
  await answer("Password of practice_dba on 127.0.0.1: ", box ?? "");
  await answer("Password of practice_dba on 127.0.0.1: ", instance ?? "");
}

const approval = "to run this plan: ";

test
  .skipIf(process.platform === "win32")
  .concurrent(
    "types both passwords, reads the plan and says yes: the run succeeds, and no password was ever shown",
    async () => {
      const world = await rehearse("--speed", "3");
      await world.control({ do: "workload", running: false });
      const dba = world.operator();
      const typist = atTerminal(dba, ["run"]);
      await logIn(typist, dba.passwords);
      await typist.answer(approval, "yes");
      const { code, out } = await typist.screen.ended;
      expect([code, complaintsOf(await world.truth())], out).toEqual([0, []]);
      expect(out).toContain("PRACTICE. Adatum moves from SQLBOX01 to ");
      for (const password of dba.passwords) expect(out).not.toContain(password);
    },
  );

test
  .skipIf(process.platform === "win32")
  .concurrent(
    "whose right to see sessions is taken while the plan is read is told that somebody runs it, and nothing is sent",
    async () => {
      const world = await rehearse();
      const [first, second] = [world.operator(), world.operator()];
      const run = first.start(["run", "--approve", await first.hash()]);
      await run.line((line) => line.includes("still writing"));
      const typist = atTerminal(second, ["run"]);
      await logIn(typist, second.passwords);
      const right = { server: "box", permission: "VIEW SERVER STATE", on: true } as const;
      await typist.screen.line((line) => line.startsWith("Plan "));
      await world.control({ do: "fault", fault: { kind: "permissionTaken", ...right } });
      await typist.answer(approval, "yes");
      const { code, out } = await typist.screen.ended;
      expect(out).toContain(
        "Somebody is running a failover of LINK_Adatum. Another cannot be started.",
      );
      expect([code, (await world.truth()).changes]).toEqual([3, []]);
    },
  );
