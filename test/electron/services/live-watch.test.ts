// The servers of the shown link, read every second on a practice estate: one that hangs never holds up the other.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { ConnectionFacts } from "../../../shared/ipc.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { LiveRead } from "../../../shared/monitor/live.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, practiceWindow } from "../../fakes/in-process-window.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let estate: PracticeEstate;
let window: InProcessWindow;
let connected: Readonly<Record<Side, ConnectionFacts>>;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "lagging", clock: { speed: 1 } });
  window = practiceWindow(estate);
  connected = await connectBoth(window, estate);
});
afterAll(async () => {
  estate.control({ do: "fault", fault: { kind: "blackhole", server: "instance", on: false } });
  await window.services.end();
  await estate.stop();
});

const connectionIds = () => [connected.box.connectionId, connected.instance.connectionId];

/** The next reading of that side that could be read. */
const nextOf = (side: Side) =>
  window.next("live", (read) => read.side === side && read.answer.kind === "read");

function sendQueueOf({ answer }: LiveRead): number {
  const rows = answer.kind === "read" ? answer.replicaDatabases : [];
  return Math.max(...rows.map((row) => row.logSendQueueKb ?? 0));
}

describe("the watch of a link that is shown", () => {
  test("tells each side by itself, about once a second", async () => {
    const both = Promise.all([nextOf("box"), nextOf("instance")]);
    await window.ask("live.watch", { connectionIds: connectionIds() });
    const [box, instance] = await both;
    expect([box.connectionId, instance.connectionId]).toEqual(connectionIds());
    const next = await nextOf("box");
    expect(next.answer.atMs - box.answer.atMs).toBeGreaterThanOrEqual(1_000);
  });

  test("goes on telling how the queue of one side grows while the other hangs", async () => {
    await window.ask("live.watch", { connectionIds: connectionIds() });
    estate.control({ do: "fault", fault: { kind: "blackhole", server: "instance", on: true } });
    const before = window.told.length;
    const first = sendQueueOf(await nextOf("box"));
    await window.next("live", (read) => read.side === "box" && sendQueueOf(read) > first);
    await nextOf("box");
    const answered = window.told
      .slice(before)
      // The payload belongs to the name beside it.
      .flatMap(({ name, payload }) => (name === "live" ? [payload as LiveRead] : []))
      .filter(({ side, answer }) => side === "instance" && answer.kind === "read");
    // One that was under way when the server fell silent may have come in.
    expect(answered.length).toBeLessThanOrEqual(1);
    estate.control({ do: "fault", fault: { kind: "blackhole", server: "instance", on: false } });
  });

  test("reads nothing more once nobody looks, and refuses a server that is not connected", async () => {
    await window.ask("live.unwatch", {});
    const statements = estate.world.state.statements.length;
    const answer = await window.invoke("live.watch", { connectionIds: ["nobody"] });
    expect(answer).toMatchObject({ ok: false, error: { code: "notConnected" } });
    expect(estate.world.state.statements.length).toBe(statements);
  });
});

describe("the use of the log", () => {
  test("is told by the primary, and of a secondary copy it is said that nothing is", async () => {
    const databases = ["Adatum"];
    const [box, instance] = await Promise.all(
      [connected.box, connected.instance].map(({ connectionId }) =>
        window.ask("log.use", { connectionId, databases }),
      ),
    );
    expect(box?.logUse).toMatchObject({ kind: "seen", value: [{ database: "Adatum" }] });
    expect(box?.logUse.kind === "seen" && box.logUse.value[0]?.totalMb).toBeGreaterThan(0);
    expect(instance?.logUse).toMatchObject({ kind: "seen", value: [{ totalMb: null }] });
  });

  test("is not allowed, by the right's name, where the login may not see it", async () => {
    const permission = "VIEW SERVER STATE";
    estate.control({
      do: "fault",
      fault: { kind: "permissionTaken", server: "box", permission, on: true },
    });
    const { logUse } = await window.ask("log.use", {
      connectionId: connected.box.connectionId,
      databases: ["Adatum"],
    });
    expect(logUse.kind).toBe("notAllowed");
  });
});
