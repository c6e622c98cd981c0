// What the wizard's pages say of both sides: replicas, forced failover's reason, pulse, gate values and the live region.
import { describe, expect, test } from "vitest";
import { announcement } from "../../../renderer/wizard/announcement.ts";
import { findingsText } from "../../../renderer/wizard/findings-text.ts";
import { heldShare, positionRows } from "../../../renderer/wizard/gate-facts.ts";
import { linkFacts } from "../../../renderer/wizard/link-facts.ts";
import { pulseFacts } from "../../../renderer/wizard/pulse-facts.ts";
import { tallyOf } from "../../../renderer/wizard/tally.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";
import { finishedRun } from "../../scenarios/finished-run.ts";
import { hostileNames } from "../../shared/estate/sample-estate.ts";
import { database, last, reading, watch, writer } from "../../shared/gate/sample-reading.ts";
import { after, factsOf, openedWizard, plan, wizardOn } from "./opened-wizard.ts";

const estate = linkedEstate(adatum);
const facts = linkFacts(estate, adatum.link);
const readMs = Date.parse("2026-11-21T20:00:00.000Z");

describe("the replicas", () => {
  test("are told with short name, role, version and group, and with the way back", () => {
    expect([facts.primary, facts.databases]).toEqual(["box", ["AdatumBooks"]]);
    expect(facts.instance).toMatchObject({
      name: "sqlmi1",
      serverName: "sqlmi1.0123456789ab.database.windows.net",
      role: "SECONDARY",
      group: "AG_AdatumBooks_MI",
      because: undefined,
    });
    expect(facts.way?.comeBack.sentence).toContain("Yes, online.");
  });

  test("a link that neither side shows is said to be missing on both", () => {
    const { box, instance, primary } = linkFacts(estate, "another");
    expect([box.role, instance.role]).toEqual(["absent", "absent"]);
    expect([box.because, instance.because, primary]).toEqual([
      "SQLBOX01 does not show this link. Read both sides again.",
      "sqlmi1 does not show this link. Read both sides again.",
      undefined,
    ]);
  });

  test("a link to another instance than the connected one says to which", () => {
    const instance = { ...adatum.instance, serverName: "sqlmi2.0123456789ab.database.windows.net" };
    const connected = linkedEstate({ ...adatum, link: "another", instance });
    const seen = { ...estate, instance: connected.instance };
    expect(linkFacts(seen, adatum.link).instance.because).toBe(
      "sqlmi2 does not show this link: it replicates with sqlmi1.0123456789ab.database.windows.net. Connect to that instance.",
    );
  });

  test.each(hostileNames)("a link named %j is found by its name", (link) => {
    expect(linkFacts(linkedEstate({ ...adatum, link }), link).primary).toBe("box");
  });

  test("SQL Server below its floor supports only a failover that removes the link", () => {
    const old = { ...adatum, box: { ...adatum.box, productVersion: "16.0.4100.1" } };
    const { way } = linkFacts(linkedEstate(old), adatum.link);
    expect([facts.way?.supportedTypes, way?.supportedTypes]).toEqual([
      "Planned",
      "Planned, and the link is removed with it",
    ]);
    expect(way?.move).toBe("delete");
  });

  test("with the instance as primary a build below that floor supports planned, since it only takes over", () => {
    const old = { ...adatum.box, productVersion: "16.0.4100.1" };
    const seen = linkedEstate({ ...adatum, primary: "instance", box: old });
    const failback = linkFacts(seen, adatum.link);
    expect([failback.primary, failback.way?.supportedTypes]).toEqual(["instance", "Planned"]);
    expect(failback.way?.comeBack.sentence).toMatch(/Yes, online\..*: no restore is needed\.$/u);
  });
});

describe("the pulse", () => {
  const gate = last(watch(3, () => ({})));
  const at = (atMs: number) => ({ ...gate, last: { ...gate.last, atMs } });

  test("takes the newest of what was read of each side", () => {
    const fresh = pulseFacts(
      after(openedWizard(), { kind: "gateSeen", gate: at(readMs + 2_000) }),
      facts,
      readMs + 2_500,
    );
    expect([fresh.box.role, fresh.instance.role, fresh.flow, fresh.atMs]).toEqual([
      "PRIMARY",
      "SECONDARY",
      "right",
      readMs + 2_000,
    ]);
    expect(fresh.items.map(({ text }) => text)).toEqual([
      "LSNs level",
      "queue 0 KB",
      "0 sessions writing",
    ]);
  });

  test("a role older than a minute is not told any more, and no flow either", () => {
    const stale = pulseFacts(openedWizard(), facts, readMs + 61_000);
    expect([stale.box.role, stale.instance.role, stale.flow]).toEqual([
      "unknown",
      "unknown",
      "none",
    ]);
  });

  test("a side that did not answer is unreachable, and says so to the live region", () => {
    const problem = {
      code: "noAnswer",
      class: "retry",
      summary: "No answer.",
      remedy: "",
    } as const;
    const silent = reading(0, { atMs: readMs + 1, unread: [{ side: "instance", problem }] });
    const state = after(openedWizard(), { kind: "gateSeen", gate: { ...gate, last: silent } });
    expect(pulseFacts(state, facts, readMs + 2)).toMatchObject({
      instance: { role: "unreachable" },
      flow: "none",
    });
    expect(announcement(state, facts, readMs + 2)).toContain("sqlmi1 does not answer.");
  });

  test("sessions that write are counted once each, system transactions not", () => {
    const writers = {
      kind: "seen",
      value: [writer(), writer({ origin: "system", transactionId: "1" })],
    } as const;
    const state = after(openedWizard(), {
      kind: "gateSeen",
      gate: { ...gate, last: reading(0, { writers }) },
    });
    expect(pulseFacts(state, facts, readMs).items.at(-1)).toEqual({
      text: "1 session writing",
      level: "attention",
    });
  });
});

describe("the live region", () => {
  test("says the same while only numbers move", () => {
    const states = watch(4, () => ({}));
    const said = states.map((gate) =>
      announcement(after(openedWizard(), { kind: "gateSeen", gate }), facts, readMs),
    );
    expect(new Set(said)).toEqual(
      new Set(["SQLBOX01 is primary. sqlmi1 is secondary. Both sides are level. The time runs."]),
    );
  });

  test("tells each step's end and the run's own last sentence", () => {
    const events = finishedRun(plan, []);
    const said = events.map((_, index) => {
      const isRunning = index < events.length - 1;
      const state = after(wizardOn("summary"), {
        kind: "runFollowed",
        runId: "r",
        isRunning,
        events: events.slice(0, index + 1),
      });
      return announcement(state, factsOf(state), readMs);
    });
    expect(said).toContain(
      "Step 1: Success. Step 2 of 4, Perform planned failover to SQL Managed Instance: Running.",
    );
    expect(said.at(-1)).toBe(
      "sqlmi1.0123456789ab.database.windows.net is primary and accepts writes.",
    );
  });
});

describe("the gate's values", () => {
  const gate = (readings: Parameters<typeof watch>[1]) => last(watch(3, readings));

  test("stand under their side whichever is primary, the database that is behind first", () => {
    const behind = gate(() => ({
      databases: [
        database(),
        database({
          database: "Books",
          secondary: { lastCommitLsn: "1000000000000000000000002" },
          remote: { logSendQueueKb: 12 },
        }),
      ],
    }));
    const [first, second] = positionRows(behind, "box");
    expect([first?.database, first?.relation, first?.queueKb]).toEqual(["Books", "behind", 12]);
    expect([second?.database, second?.relation, second?.queueKb]).toEqual(["Adatum", "level", 0]);
    expect(first?.columns[0]).toEqual({
      name: "last_commit_lsn",
      box: "1000000000000000000000003",
      instance: "1000000000000000000000002",
    });
    expect(positionRows(behind, "instance")[0]?.columns[0]?.box).toBe("1000000000000000000000002");
  });

  test("a missing row and a missing value are not known, never zero", () => {
    const [row] = positionRows(
      gate(() => ({ databases: [database({ secondary: "noRow" })] })),
      "box",
    );
    expect([row?.relation, row?.queueKb, row?.columns[0]?.instance]).toEqual([
      "notKnown",
      null,
      null,
    ]);
  });

  test("the bar is full only when the gate is open", () => {
    const holding = gate(() => ({}));
    const open = last(watch(6, () => ({})));
    expect([heldShare(holding), heldShare(open)]).toEqual([3 / 5, 1]);
  });
});

describe("the assessment as a file", () => {
  const finding = {
    check: "rights",
    level: "warning",
    blocks: false,
    where: "box",
    server: "a|b\n# c",
    summary: "It is *so*.",
    remedy: "Do it.",
  } as const;

  test("holds every finding on one line, whatever its names are", () => {
    const text = findingsText("LINK_$(x)", [finding], Date.parse("2026-11-21T22:14:09.500Z"));
    expect(text.split("\n")).toEqual([
      "# Failover readiness of LINK\\_\\$(x)",
      "",
      "Read at 2026-11-21 22:14:09 UTC.",
      "",
      "| Validation | Where | Result | Seen, and what to do |",
      "| --- | --- | --- | --- |",
      "| Permissions | a\\|b\\\\u000a\\# c | Warning | It is \\*so\\*. Do it. |",
      "",
    ]);
  });

  test("is counted by level", () => {
    expect(tallyOf([finding, finding])).toEqual({
      passed: 0,
      warning: 2,
      failed: 0,
      unknown: 0,
      waits: 0,
    });
  });
});
