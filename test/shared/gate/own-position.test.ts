import { describe, expect, test } from "vitest";
import { ownPosition } from "../../../shared/gate/own-position.ts";
import { groupIds, replicaDatabase } from "../estate/sample-estate.ts";

const link = (lastCommitLsn: string | null) => replicaDatabase({ lastCommitLsn });
const local = (lastCommitLsn: string | null) =>
  replicaDatabase({ groupId: groupIds.box, lastCommitLsn });
const commitOf = (
  rows: Parameters<typeof ownPosition>[0],
  end: "primary" | "secondary" = "primary",
) => {
  const position = ownPosition(rows, groupIds.link, end);
  return position === "noRow" ? position : position.lastCommitLsn;
};

describe("which row tells the own position", () => {
  test("the distributed group's local row", () => {
    expect(commitOf([local("9"), link("7")])).toBe("7");
  });

  test("the local rows where the distributed group has none", () => {
    expect(commitOf([local("9")])).toBe("9");
  });

  test("the local rows where its last commit is NULL", () => {
    expect(commitOf([link(null), local("9")])).toBe("9");
  });

  test("never the remote row, which is a report", () => {
    expect(commitOf([replicaDatabase({ isLocal: false, lastCommitLsn: "9" })])).toBe("noRow");
  });

  test("on Business Critical without a local row the local group's primary replica", () => {
    const rows = [
      replicaDatabase({
        groupId: "INNER",
        isLocal: false,
        isPrimaryReplica: true,
        lastCommitLsn: "9",
      }),
      replicaDatabase({
        groupId: "INNER",
        isLocal: false,
        isPrimaryReplica: false,
        lastCommitLsn: "5",
      }),
    ];
    expect(commitOf(rows)).toBe("9");
  });

  test("is_primary_replica never filters the distributed group's rows", () => {
    const rows = [
      replicaDatabase({ isPrimaryReplica: false, lastCommitLsn: "7" }),
      replicaDatabase({
        groupId: "INNER",
        isLocal: false,
        isPrimaryReplica: true,
        lastCommitLsn: "9",
      }),
    ];
    expect(commitOf(rows)).toBe("7");
    const remote = replicaDatabase({ isLocal: false, isPrimaryReplica: true, lastCommitLsn: "9" });
    expect(commitOf([remote])).toBe("noRow");
  });

  test("no row is not known", () => {
    expect(commitOf([])).toBe("noRow");
  });
});

describe("rows that disagree", () => {
  const rows = [
    link(null),
    local("10000000000000000000000001"),
    local("9000000000000000000000009"),
  ];

  test("count by the highest on the primary", () => {
    expect(commitOf(rows, "primary")).toBe("10000000000000000000000001");
  });

  test("count by the lowest on the secondary", () => {
    expect(commitOf(rows, "secondary")).toBe("9000000000000000000000009");
  });

  test("are suspended when one of them is, and have the longest queue", () => {
    const position = ownPosition(
      [
        replicaDatabase({ groupId: "A", isSuspended: false, redoQueueKb: 4 }),
        replicaDatabase({ groupId: "B", isSuspended: true, redoQueueKb: 64 }),
      ],
      groupIds.link,
      "secondary",
    );
    expect(position).toMatchObject({ isSuspended: true, redoQueueKb: 64, logSendQueueKb: null });
  });
});
