// Remembered pairs: which comes first, which are forgotten, and what a name and a pin survive.
import { describe, expect, test } from "vitest";
import type { SavedPair } from "../../../shared/connect/saved-pair.ts";
import {
  mostRecent,
  ordered,
  pairIdOf,
  savedPair,
  withChange,
  withUsed,
} from "../../../shared/connect/saved-pair.ts";

function pair(box: string, second: number, more: Partial<SavedPair> = {}): SavedPair {
  const server = {
    usePublicEndpoint: false,
    encrypt: "mandatory",
    authentication: { kind: "sqlLogin", login: "dba" },
    trustedFingerprint: null,
  } as const;
  return {
    name: null,
    environment: "production",
    isPinned: false,
    usedAt: new Date(Date.UTC(2026, 10, 21, 8, 0, second)).toISOString(),
    box: { ...server, server: box, serverName: box },
    instance: { ...server, server: "sqlmi1.zone.database.windows.net", serverName: "sqlmi1" },
    ...more,
  };
}

const boxes = (pairs: readonly SavedPair[]) => pairs.map(({ box }) => box.server);

describe("remembered pairs", () => {
  test("stand pinned ones first, then the latest", () => {
    const pairs = [pair("A", 1), pair("B", 3), pair("C", 2, { isPinned: true })];
    expect(boxes(ordered(pairs))).toEqual(["C", "B", "A"]);
  });

  test("are forgotten from the oldest on, never a pinned one", () => {
    const old = pair("PINNED", 0, { isPinned: true });
    let pairs: readonly SavedPair[] = [old];
    for (let second = 1; second <= mostRecent + 3; second++) {
      pairs = withUsed(pairs, pair(`BOX${String(second)}`, second));
    }
    expect(pairs).toHaveLength(mostRecent + 1);
    expect(boxes(pairs).slice(0, 2)).toEqual(["PINNED", `BOX${String(mostRecent + 3)}`]);
    expect(boxes(pairs)).not.toContain("BOX3");
  });

  test("are one where both addresses are the same but for capitals, and keep their name and their pin", () => {
    const known = pair("SQLBOX01", 1, { name: "Payroll", isPinned: true });
    const again = pair("sqlbox01", 2, { environment: "test" });
    expect(withUsed([known], again)).toEqual([{ ...again, name: "Payroll", isPinned: true }]);
  });

  test("are pinned, renamed and removed by their id alone", () => {
    const pairs = [pair("A", 2), pair("B", 1)];
    const id = pairIdOf(pair("b", 0));
    expect(boxes(withChange(pairs, id, { kind: "pin", isPinned: true }))).toEqual(["B", "A"]);
    expect(withChange(pairs, id, { kind: "rename", name: "Pay" })[1]?.name).toBe("Pay");
    expect(boxes(withChange(pairs, id, { kind: "remove" }))).toEqual(["A"]);
    expect(withChange(pairs, "none", { kind: "remove" })).toEqual(pairs);
  });

  test("have no place for a password", () => {
    const { box } = pair("A", 1);
    const withPassword = { ...pair("A", 1), box: { ...box, password: "x" } };
    expect(savedPair.safeParse(withPassword).success).toBe(false);
    expect(savedPair.safeParse(pair("A", 1)).success).toBe(true);
  });
});
