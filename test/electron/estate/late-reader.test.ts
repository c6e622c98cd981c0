// A side that does not answer in time: said so, waited for, asked no second time meanwhile.
import { describe, expect, test } from "vitest";
import { createLateReader, lateAfterMs } from "../../../electron/estate/late-reader.ts";
import { readServers } from "../../../electron/estate/read-servers.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { scriptedSession } from "./scripted-session.ts";

/** A side whose answers wait until they are let go. */
function slowSide(side: Side) {
  const session = scriptedSession(side);
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let asked = 0;
  const slow: SqlSession = {
    ...session,
    async read(text, parameters, signal) {
      asked += 1;
      await gate;
      return session.read(text, parameters, signal);
    },
  };
  const answer = () => {
    letGo();
  };
  return { slow, letGo: answer, asked: () => asked };
}

describe("a side that has not answered in time", () => {
  test("costs the other side nothing: its answer is there, and the late one says since when it was asked", async () => {
    const clock = fakeClock();
    const { slow } = slowSide("instance");
    const azure = () => Promise.reject(new Error("Nobody answers, nobody is asked about."));
    const servers = [scriptedSession("box"), slow].map((session) => ({
      connectionId: session.side,
      serverName: session.address,
      session,
    }));
    const read = await readServers({ servers, azure }, clock, undefined, createLateReader());
    const [box, instance] = read.servers.map(({ reading }) => reading);
    expect(box?.kind).toBe("seen");
    expect(instance).toMatchObject({
      kind: "unreachable",
      problem: {
        code: "answersLate",
        summary: "instance,1433 was asked 5 s ago and has not answered yet.",
      },
    });
  });

  test("is asked no second time, and its late answer is the next reading", async () => {
    const clock = fakeClock();
    const read = createLateReader();
    const { slow, letGo, asked } = slowSide("instance");
    await read(slow, clock);
    const again = await read(slow, clock);
    expect(again.kind === "unreachable" && again.problem.summary).toMatch(/10 s ago/u);
    expect(asked()).toBe(1);
    letGo();
    expect((await read(slow, clock)).kind).toBe("seen");
  });

  test("is asked anew where its late answer was fetched by nobody while it was new", async () => {
    const clock = fakeClock();
    const read = createLateReader();
    const { slow, letGo, asked } = slowSide("instance");
    await read(slow, clock);
    letGo();
    await clock.wait(3 * lateAfterMs);
    const before = asked();
    const reading = await read(slow, clock);
    expect(reading).toMatchObject({ kind: "seen", at: new Date(clock.nowMs()).toISOString() });
    expect(asked()).toBeGreaterThan(before);
  });

  test("ends the wait at once when the window does not want it any more", async () => {
    const end = new AbortController();
    const { slow } = slowSide("box");
    const reading = createLateReader()(slow, fakeClock(), end.signal);
    end.abort(new Error("The window is gone."));
    await expect(reading).rejects.toThrow("The window is gone.");
  });
});
