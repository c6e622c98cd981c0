import { describe, expect, test } from "vitest";
import { certificatesQuery } from "../../../../electron/estate/queries/certificates.ts";
import { bit, count, lsn, onlyRow, readRows } from "../../../../electron/estate/queries/query.ts";
import { replicaDatabasesQuery } from "../../../../electron/estate/queries/replica-databases.ts";
import { groupsQuery } from "../../../../electron/estate/queries/groups.ts";
import { serverQuery } from "../../../../electron/estate/queries/server.ts";
import { writersQuery } from "../../../../electron/estate/queries/writers.ts";
import { hostileNames, server } from "../../../shared/estate/sample-estate.ts";
import { scriptedSession } from "../scripted-session.ts";

describe("values as the driver gives them", () => {
  test("bit is a boolean, or 0 and 1 where a function stands for one", () => {
    expect([true, false, 1, 0].map((value) => bit.parse(value))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(bit.safeParse(2).success).toBe(false);
    expect(bit.safeParse(null).success).toBe(false);
  });

  test("bigint is text and becomes a number; NULL stays NULL", () => {
    expect(["4096", 4096, null, "-1"].map((value) => count.parse(value))).toEqual([
      4096,
      4096,
      null,
      -1,
    ]);
    expect(count.safeParse("99999999999999999").success).toBe(false);
  });

  test("an LSN is text of digits, never a number that has lost some", () => {
    expect(lsn.parse("0000000000000000000000001")).toBe("1");
    expect(lsn.parse("1234567890123456789012345")).toBe("1234567890123456789012345");
    expect(lsn.parse(null)).toBeNull();
    expect(lsn.safeParse(1.23e24).success).toBe(false);
  });
});

describe("the text of the queries", () => {
  const all = [serverQuery, groupsQuery, replicaDatabasesQuery, writersQuery, certificatesQuery];

  test("names no column that only newer versions have", () => {
    for (const { text } of all) expect(text).not.toMatch(/cluster_type|is_internal|is_contained/u);
  });

  test("casts every LSN to text", () => {
    for (const column of replicaDatabasesQuery.text.matchAll(/(?:CAST\()?drs\.\w+_lsn\b/gu)) {
      expect(column[0]).toMatch(/^CAST\(/u);
    }
  });
});

describe("a group", () => {
  const row = { groupId: "G", name: "AG", isDistributed: true };
  test.each([
    ["", null],
    [null, null],
    ["SQL1", "SQL1"],
  ])("whose primary replica is %j names %j", (primaryReplica, name) => {
    expect(groupsQuery.row.parse({ ...row, primaryReplica }).primaryReplica).toBe(name);
  });
});

describe("a writing transaction", () => {
  const row = {
    databaseName: "Adatum",
    transactionId: "4711",
    transactionType: 1,
    sessionId: 61,
    isUserProcess: true,
    login: "app",
    host: "WEB01",
    program: "Shop",
    loginTime: "2026-11-21T10:00:00.000",
    hostProcessId: 4000,
    since: "2026-11-21T10:00:05.000",
    logBytes: "512",
  };
  const none = {
    sessionId: null,
    isUserProcess: null,
    login: null,
    host: null,
    program: null,
    loginTime: null,
    hostProcessId: null,
  };
  const originOf = (changes: object) => writersQuery.row.parse({ ...row, ...changes }).origin;

  test.each([
    ["user", "of a user session", {}],
    ["user", "of a user session, distributed", { transactionType: 4 }],
    ["system", "of a background session", { isUserProcess: false }],
    ["system", "of the engine itself", { ...none, transactionType: 3 }],
    ["distributed", "that is distributed and has no session", { ...none, transactionType: 4 }],
    ["unknown", "without a session", { ...none, transactionType: 1 }],
    ["unknown", "without a session and without a type", { ...none, transactionType: null }],
    ["unknown", "of a session that does not say what it is", { isUserProcess: null }],
  ])("is %s when it is one %s", (origin, _, changes) => {
    expect(originOf(changes)).toBe(origin);
  });

  test.each(hostileNames)("keeps a login called %j as it is", (login) => {
    expect(writersQuery.row.parse({ ...row, login }).session?.login).toBe(login);
  });

  test("without a session has none", () => {
    expect(writersQuery.row.parse({ ...row, ...none })).not.toHaveProperty("session");
  });
});

describe("a certificate", () => {
  const row = {
    name: "Cert",
    isEndpoint: 0,
    issuer: "DigiCert Global Root G2",
    subject: "C=US, CN=DigiCert Global Root G2",
    expiryDate: "2038-01-15T12:00:00",
    isExpired: 0,
    hoursLeft: 47,
  };
  test.each([
    ["authority", {}],
    ["partner", { subject: "CN=sqlmi1" }],
    ["partner", { issuer: null }],
    ["endpoint", { isEndpoint: 1 }],
  ])("is %s", (use, changes) => {
    expect(certificatesQuery.row.parse({ ...row, ...changes })?.use).toBe(use);
  });

  test.each([
    [0, 47, 1],
    [0, 23, 0],
    [0, 0, 0],
    [1, 0, -1],
    [1, -25, -2],
  ])("that is expired (%i) with %i hours has %i days left", (isExpired, hoursLeft, daysLeft) => {
    expect(certificatesQuery.row.parse({ ...row, isExpired, hoursLeft })?.daysLeft).toBe(daysLeft);
  });

  test("of SQL Server's own is none of the link's", () => {
    expect(
      certificatesQuery.row.parse({ ...row, name: "##MS_SQLResourceSigningCertificate##" }),
    ).toBeNull();
  });
});

describe("a batch", () => {
  test("answers each query's rows in order", async () => {
    const [servers, groups] = await readRows(scriptedSession("box"), [serverQuery, groupsQuery]);
    expect(servers).toEqual([server()]);
    expect(groups).toHaveLength(2);
  });

  test("with a result set missing is an unexpected answer", async () => {
    const session = { ...scriptedSession("box"), read: () => Promise.resolve([[server()]]) };
    await expect(readRows(session, [serverQuery, groupsQuery])).rejects.toMatchObject({
      problem: { code: "unexpectedAnswer" },
    });
  });

  test.each([[[]], [[1, 2]]])("a single row that is not single is one too", (rows) => {
    expect(() => onlyRow(rows, scriptedSession("box"), "x")).toThrow("in a form");
  });
});
