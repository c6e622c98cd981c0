import { describe, expect, test } from "vitest";
import { readGate } from "../../../electron/estate/read-gate.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { names, silent } from "../../shared/estate/sample-estate.ts";
import { allRights, refused, scriptedSession } from "./scripted-session.ts";

const clock = fakeClock();
const question = {
  linkName: names.link,
  databases: [names.database],
  primary: "box" as const,
  serverNames: { box: names.box, instance: names.instance },
};

describe("one look through the gate", () => {
  test("is one batch on each side, guarded by the rights in it", async () => {
    const sessions = { box: scriptedSession("box"), instance: scriptedSession("instance") };
    await readGate(sessions, question, clock);
    const batch = ["rights", "server", "groups", "replicas", "replicaDatabases", "writers"];
    expect([sessions.box.batches, sessions.instance.batches]).toEqual([[batch], [batch]]);
  });

  test.each([
    ["does not answer", { server: silent }, "noAnswer"],
    ["may not be seen", { rights: [{ ...allRights, viewAnyDefinition: 0 }] }, "noPermission"],
    ["refuses", { writers: refused(300) }, "noPermission"],
    ["answers nonsense", { groups: [{}] }, "unexpectedAnswer"],
  ])("a side that %s is unread and the other is read", async (_, script, code) => {
    const sessions = { box: scriptedSession("box"), instance: scriptedSession("instance", script) };
    const reading = await readGate(sessions, question, clock);
    expect(reading.unread.map(({ side, problem }) => [side, problem.code])).toEqual([
      ["instance", code],
    ]);
    expect(reading.roles.box?.serverName).toBe(names.box);
    expect(reading.roles.instance).toBeNull();
  });

  test("both sides silent is still a reading", async () => {
    const sessions = {
      box: scriptedSession("box", { server: silent }),
      instance: scriptedSession("instance", { server: silent }),
    };
    expect((await readGate(sessions, question, clock)).unread).toHaveLength(2);
  });

  test("an abort rejects", async () => {
    const abort = new AbortController();
    abort.abort(new Error("stopped"));
    const sessions = { box: scriptedSession("box"), instance: scriptedSession("instance") };
    await expect(readGate(sessions, question, clock, abort.signal)).rejects.toThrow("stopped");
  });
});
