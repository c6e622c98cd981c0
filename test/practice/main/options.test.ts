import { describe, expect, test } from "vitest";
import { parseOptions } from "../../../practice/control/options.ts";

describe("the command line of the practice estate", () => {
  test("without arguments it is the healthy scenario at the wall clock's speed", () => {
    expect(parseOptions([])).toEqual({
      kind: "start",
      options: {
        scenario: "healthy",
        speed: 1,
        settings: {},
        routing: "redirect",
        control: false,
        workloadStopsAfterSeconds: null,
      },
    });
  });

  test("all options together", () => {
    const args =
      "--scenario lagging --speed 2.5 --set hardenedLsn=sameBlock --set primaryHardened=null --routing off --workload-stops-after 90 --control";
    expect(parseOptions(args.split(" "))).toEqual({
      kind: "start",
      options: {
        scenario: "lagging",
        speed: 2.5,
        settings: { hardenedLsn: "sameBlock", primaryHardened: "null" },
        routing: "off",
        control: true,
        workloadStopsAfterSeconds: 90,
      },
    });
  });

  test("--help and --list win over the rest", () => {
    expect(parseOptions(["--list", "--speed", "2"])).toEqual({ kind: "list" });
    expect(parseOptions(["--help", "--list"])).toEqual({ kind: "help" });
  });

  test.each([
    [["--speed", "0"], "--speed takes a number above 0 and up to 1000, not '0'."],
    [["--speed", "fast"], "--speed takes a number above 0 and up to 1000, not 'fast'."],
    [["--speed", "Infinity"], "--speed takes a number above 0 and up to 1000, not 'Infinity'."],
    [["--set", "hardenedLsn=x"], "--set hardenedLsn takes nextBlock or sameBlock, not 'x'."],
    [["--set", "hardenedLsn"], "--set hardenedLsn takes nextBlock or sameBlock, not ''."],
    [["--routing", "x"], "--routing takes redirect or off or closedPort, not 'x'."],
  ])("%j is answered with one sentence", (args, problem) => {
    expect(parseOptions(args)).toEqual({ kind: "wrong", problem });
  });

  test("an unknown setting is answered with the known ones", () => {
    const parsed = parseOptions(["--set", "__proto__=x"]);
    expect(parsed).toMatchObject({ kind: "wrong" });
    expect(JSON.stringify(parsed)).toContain("--set knows hardenedLsn, endOfLogLsn");
  });

  test.each([["--nonsense"], ["a] ' $(x)"], ["--scenario"]])(
    "%s is refused with one sentence that names it",
    (argument) => {
      const parsed = parseOptions([argument]);
      if (parsed.kind !== "wrong") throw new Error("accepted");
      expect(parsed.problem).toContain(argument);
      expect(parsed.problem).toMatch(/^[^.]+\.$/);
    },
  );
});
