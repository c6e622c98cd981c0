// A run whose process died at any event: the next start says the truth and sends nothing.
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { AzureLink } from "../../../electron/run/azure-link.ts";
import { lookWithAzure } from "../../../electron/run/look-at-link.ts";
import { isSettled, lookAfter } from "../../../electron/run/resume.ts";
import { windowClosed } from "../../../electron/run/run-tools.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import type { SessionActivity } from "../../../electron/run/session-activity.ts";
import { fakeLink } from "../../fakes/fake-link.ts";
import type { FakeLink } from "../../fakes/fake-link.ts";
import {
  deletePlan,
  deleteRequest,
  failed,
  fakeAzure,
  gone,
  running,
} from "../../fakes/fake-azure.ts";
import { fakeRun, fakeRunStarted } from "../../fakes/fake-run.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import type { FakeClock } from "../../fakes/fake-clock.ts";

const whole = await wholeRun();

async function wholeRun(): Promise<readonly RunEvent[]> {
  const run = fakeRun();
  await runPlan(run.tools);
  return run.events;
}

/** The journal up to and with the first event that fits. */
function cutAfter(kind: RunEvent["kind"], stepId: string): readonly RunEvent[] {
  const index = whole.findIndex(
    (event) => event.kind === kind && "stepId" in event && event.stepId === stepId,
  );
  return whole.slice(0, index + 1);
}

interface Later {
  readonly clock: FakeClock;
  readonly link: FakeLink;
  azure?: AzureLink;
}

function look(
  events: readonly RunEvent[],
  arrange: (later: Later) => void,
  activity: SessionActivity = "gone",
) {
  const later: Later = { clock: fakeClock(), link: fakeLink() };
  arrange(later);
  const seen = () => Promise.resolve(later.link.look(later.clock));
  return lookAfter(events, {
    clock: later.clock,
    look: seen,
    lookWithAzure: () => lookWithAzure(seen, later.azure),
    poll: (operation) => later.azure?.poll(operation) ?? Promise.resolve(undefined),
    activity: () => Promise.resolve(activity),
  });
}

const oldRoles = () => undefined;
const newRoles = ({ link }: Later) => {
  link.setRoles("SECONDARY", "PRIMARY");
};

describe("a journal cut after every event", () => {
  test.each(whole.slice(0, -1).map((event, index) => [index + 1, event.kind]))(
    "after event %i (%s) is unsettled, and with both sides read its end agrees with them",
    async (length) => {
      const events = whole.slice(0, length);
      expect(isSettled(events)).toBe(false);
      const wasBegun = events.some(
        (one) => one.kind === "stepBegan" && one.stepId === "2-failover",
      );
      const found = await look(events, wasBegun ? newRoles : oldRoles);
      const hasHappened = found?.ended?.outcome === "warning";
      expect(hasHappened).toBe(wasBegun);
      expect(found?.lookedAt.summary).toContain(
        wasBegun
          ? "The failover did happen"
          : "The failover did not happen. SQLBOX01 is still primary.",
      );
    },
  );

  test("with its end is settled", () => {
    expect(isSettled(whole)).toBe(true);
  });
});

describe("killed while the failover ran", () => {
  const events = cutAfter("stepBegan", "2-failover");

  test("and the roles have changed: it happened, and what is left is told", async () => {
    const found = await look(events, newRoles);
    expect(found).toMatchObject({
      lookedAt: {
        stepId: "2-failover",
        conclusion: "happened",
        summary:
          "A run was interrupted at step 2 of 4: Fail over. The failover did happen. sqlmi1.zone.database.windows.net is primary.",
      },
      ended: { outcome: "warning" },
      stillToDo: ["Read both sides back", "Let SQL Server's copy be read on SQLBOX01"],
    });
  });

  test("and the old roles stay with nothing left on the server: it did not happen", async () => {
    const found = await look(events, oldRoles);
    expect(found).toMatchObject({
      lookedAt: { conclusion: "didNotHappen" },
      ended: { outcome: "failed" },
      stillToDo: [],
    });
  });

  test("and the roles change while it is looked at: it happened", async () => {
    const found = await look(
      events,
      ({ clock, link }) => {
        clock.at(4_000, () => {
          link.setRoles("RESOLVING", "RESOLVING");
        });
        clock.at(9_000, () => {
          link.setRoles("SECONDARY", "PRIMARY");
        });
      },
      "gone",
    );
    expect(found?.lookedAt.conclusion).toBe("happened");
  });

  test.each([
    ["the session still works", oldRoles, "working", "stillRunning"],
    ["the login may not see the session", oldRoles, "notAllowed", "cannotSay"],
    [
      "a side does not answer",
      ({ link }: Later) => {
        link.instance.answers = false;
      },
      "gone",
      "cannotSay",
    ],
    [
      "the roles stay RESOLVING",
      ({ link }: Later) => {
        link.setRoles("RESOLVING", "SECONDARY");
      },
      "gone",
      "cannotSay",
    ],
  ] as const)(
    "and %s: nothing is concluded, and the next start looks again",
    async (_name, arrange, activity, conclusion) => {
      const found = await look(events, arrange, activity);
      expect([found?.lookedAt.conclusion, found?.ended]).toEqual([conclusion, undefined]);
    },
  );

  test("names the server that does not answer", async () => {
    const found = await look(events, ({ link }) => {
      link.instance.answers = false;
    });
    expect(found?.lookedAt.summary).toContain(
      "It cannot be said yet: sqlmi1.example,1433 does not answer.",
    );
  });
});

test("a run that ended unknown is looked at again by the next start, by the connection it had begun with", async () => {
  const begun = cutAfter("stepBegan", "2-failover");
  const last = begun.length;
  const at = "2026-09-12T22:10:00.000Z";
  const ended: readonly RunEvent[] = [
    ...begun,
    {
      sequence: last + 1,
      at,
      kind: "stepEnded",
      stepId: "2-failover",
      outcome: "unknown",
      summary: "",
      seen: [],
      elapsedMs: 1,
    },
    { sequence: last + 2, at, kind: "runEnded", outcome: "unknown", summary: "" },
  ];
  expect(isSettled(ended)).toBe(false);
  const found = await look(ended, oldRoles);
  expect(found?.lookedAt.conclusion).toBe("didNotHappen");
});

describe("a run whose window was closed", () => {
  /** Closed while `stepId` worked. */
  async function closedAt(stepId: string): Promise<readonly RunEvent[]> {
    const run = fakeRun({
      onEvent: (event, it) => {
        if (event.kind === "stepBegan" && event.stepId === stepId) it.stop.abort(windowClosed);
      },
    });
    await runPlan(run.tools);
    return run.events;
  }

  test("has a known end and is told of all the same, with what is still to do", async () => {
    const events = await closedAt("2-failover");
    expect(isSettled(events)).toBe(false);
    const found = await look(events, newRoles);
    expect(found?.lookedAt.summary).toBe(
      "A run was interrupted after step 3 of 4: Read both sides back. The failover did happen. sqlmi1.zone.database.windows.net is primary.",
    );
    expect(found?.stillToDo).toHaveLength(1);
    expect(found?.ended?.outcome).toBe("stopped");
  });

  test("says of roles that moved since only what is seen", async () => {
    const found = await look(await closedAt("1-wait-for-gate"), newRoles);
    expect(found?.lookedAt.summary).toMatch(/step 1 of 4: .*\. The failover did not happen\.$/);
  });

  test("is told of once", async () => {
    const events = await closedAt("2-failover");
    const found = await look(events, newRoles);
    if (found?.ended === undefined) throw new Error("It has an end.");
    const stamp = { sequence: 0, at: events.at(-1)?.at ?? "" };
    expect(
      isSettled([...events, { ...stamp, ...found.lookedAt }, { ...stamp, ...found.ended }]),
    ).toBe(true);
  });

  test("in its last step says that it ended", async () => {
    const last = whole.findLast((event) => event.kind === "stepBegan");
    const found = await look(await closedAt(last?.stepId ?? ""), newRoles);
    expect(found?.lookedAt.summary).toMatch(/^A run ended while nobody looked at it\./);
    expect([found?.ended?.outcome, found?.stillToDo]).toEqual(["succeeded", []]);
  });
});

describe("killed while Azure deleted the link in place of a failover", () => {
  const operation = {
    tenantId: "t",
    link: "LinkDag",
    tells: "location",
    pollPath: "/operations/1",
  } as const;
  const begun: readonly RunEvent[] = [
    { sequence: 1, at: "2026-09-12T22:00:00.000Z", ...fakeRunStarted(deletePlan) },
    { kind: "stepBegan", stepId: "2-remove-link", request: deleteRequest },
    { kind: "operationAccepted", stepId: "2-remove-link", operation },
  ].map(
    (body, index) => ({ at: "2026-09-12T22:00:01.000Z", ...body, sequence: index + 1 }) as RunEvent,
  );

  test.each<[string, Partial<AzureLink>, boolean, string]>([
    ["is done and read back", { read: () => Promise.resolve(null) }, true, "happened"],
    ["is still worked on", { poll: () => Promise.resolve(running) }, false, "stillRunning"],
    [
      "failed, and the link is as it was",
      { poll: () => Promise.resolve(failed) },
      false,
      "didNotHappen",
    ],
    ["is not known to Azure any more", { poll: () => Promise.resolve(gone) }, false, "cannotSay"],
  ])("what %s is said so", async (_, more, isGone, conclusion) => {
    const found = await look(begun, (later) => {
      later.azure = fakeAzure(more);
      if (!isGone) return;
      later.link.instance.role = { kind: "absent" };
      later.link.instance.updateability = "READ_WRITE";
    });
    expect(found?.lookedAt.conclusion).toBe(conclusion);
    expect(found?.ended?.outcome).toBe({ happened: "warning", didNotHappen: "failed" }[conclusion]);
  });

  test("without a sign-in nothing is concluded", async () => {
    const found = await look(begun, oldRoles);
    expect(found?.lookedAt).toMatchObject({ conclusion: "cannotSay" });
    expect(found?.lookedAt.summary).toContain("Sign in to Azure");
  });
});
