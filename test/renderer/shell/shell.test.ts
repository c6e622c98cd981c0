// The environment band, the status bar and the keys of the shell.
import { describe, expect, test, vi } from "vitest";
import { noRun, runFeedAfter } from "../../../renderer/run-feed.ts";
import { clockWords } from "../../../renderer/shell/clock-words.ts";
import { commandOfKey } from "../../../renderer/shell/commands.ts";
import type { Commands } from "../../../renderer/shell/commands.ts";
import { bandOf, connectionsOf, environmentOf } from "../../../renderer/shell/environment.ts";
import { connectionItems, runItems } from "../../../renderer/shell/status-items.ts";
import { environmentSentence } from "../../../renderer/ui/environment-sentence.ts";
import type { ConnectionFacts } from "../../../shared/ipc.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { finishedRun } from "../../scenarios/finished-run.ts";
import { estateWith, feedOf, withoutSide } from "../link-estate.ts";

const connection = (side: "box" | "instance", environment: ConnectionFacts["environment"]) => ({
  connectionId: `${side}-1`,
  side,
  address: "",
  serverName: side === "box" ? "SQLBOX01" : "sqlmi1.0123.database.windows.net",
  login: "dba",
  environment,
  encrypted: true,
});

describe("the environment", () => {
  test("of a pair is that of its own servers, whatever else is connected", () => {
    const own = { ...connection("box", "test"), connectionId: "box-2" };
    const all = [connection("box", "production"), own];
    const pair = { box: "box-2", instance: null };
    expect(environmentOf(undefined, connectionsOf(pair, all))).toBe("test");
  });

  test.each(["practice", "test", "production"] as const)(
    "%s is said of both servers where their plan is confirmed",
    (environment) => {
      const plan = { ...fakePlan, environment };
      const { box, instance } = plan;
      const name = (text: string) => text.split(".", 1)[0] ?? "";
      expect(environmentSentence(plan)).toBe(
        `This plan is for ${box.serverName} and ${name(instance.serverName)}, marked as ${environment}.`,
      );
    },
  );

  test("that asks for most care counts where connections differ", () => {
    const mixed = [connection("box", "test"), connection("instance", "production")];
    expect(environmentOf({ practice: false }, mixed)).toBe("production");
  });

  test("is practice in the practice window before anything is connected, and none elsewhere", () => {
    expect(environmentOf({ practice: true }, [])).toBe("practice");
    expect(environmentOf({ practice: false }, [])).toBeUndefined();
    expect(bandOf(undefined, []).word).toBe("NOT CONNECTED");
  });

  test("names the servers that are in it, one line whatever their names hold", () => {
    const hostile = { ...connection("box", "test"), serverName: "a\nb\u202e" };
    expect(bandOf("test", [hostile, connection("instance", "production")])).toEqual({
      environment: "test",
      word: "TEST",
      sentence: "a\\u000ab\\u202e is marked as test.",
    });
  });
});

describe("the status bar", () => {
  test("says which server does not answer any more", () => {
    const feed = feedOf(estateWith(), withoutSide(estateWith(), "box"));
    const connections = [connection("box", "test"), connection("instance", "test")];
    expect(connectionItems(connections, feed)).toEqual([
      { words: "SQLBOX01 does not answer", tone: "bad" },
      { words: "sqlmi1 connected", tone: "good" },
    ]);
  });

  test("counts the step in flight, and says when no run is active", () => {
    const events = finishedRun(fakePlan, []);
    const words = events.map((_event, index) => {
      const feed = events.slice(0, index + 1).reduce(runFeedAfter, noRun);
      return runItems(feed, feedOf(estateWith()))[0]?.words;
    });
    const steps = [...new Set(words)];
    expect(steps[0]).toBe("Run active");
    expect(steps).toContain("Run active: step 2 of 4");
    expect(words.at(-1)).toBe("No run active");
  });
});

test.each([
  ["+", "in"],
  ["=", "in"],
  ["-", "out"],
  ["0", "reset"],
])(
  "Ctrl and %s changes the size of the page: %s; without Ctrl, and with Alt, it does not",
  (key, move) => {
    const zoom = vi.fn();
    const commands = { zoom } as unknown as Commands;
    const pressed = { key, altKey: false, shiftKey: false, ctrlKey: true };
    commandOfKey(pressed, commands)?.();
    expect(zoom).toHaveBeenCalledExactlyOnceWith(move);
    expect(commandOfKey({ ...pressed, ctrlKey: false }, commands)).toBeUndefined();
    expect(commandOfKey({ ...pressed, altKey: true }, commands)).toBeUndefined();
  },
);

test("a key of the shell calls its command; other keys, and theirs with Ctrl, call none", () => {
  const refresh = vi.fn();
  const nextPane = vi.fn();
  const commands = { refresh, nextPane, focusExplorer: vi.fn() } as unknown as Commands;
  const key = { key: "", altKey: false, shiftKey: false, ctrlKey: false };
  commandOfKey({ ...key, key: "F5" }, commands)?.();
  commandOfKey({ ...key, key: "F6", shiftKey: true }, commands)?.();
  expect(refresh).toHaveBeenCalledOnce();
  expect(nextPane).toHaveBeenCalledExactlyOnceWith(-1);
  expect(commandOfKey({ ...key, key: "F5", ctrlKey: true }, commands)).toBeUndefined();
  expect(commandOfKey({ ...key, key: "F8" }, commands)).toBeUndefined();
  expect(commandOfKey({ ...key, key: "Enter" }, commands)).toBeUndefined();
});

test("the clock says UTC first", () => {
  expect(clockWords(new Date("2026-11-21T22:14:09.000Z"))).toMatch(
    /^21 Nov 2026 22:14:09 UTC · \d\d:\d\d:\d\d local$/u,
  );
});
