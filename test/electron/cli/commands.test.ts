// Every command against a practice estate over real TDS, and every bad input with its own sentence.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { RowCounts } from "../../../shared/rows/row-counts.ts";
import { towards, type } from "../../fakes/command-line.ts";
import type { Surrounding, Typed } from "../../fakes/command-line.ts";

let estate: PracticeEstate;
let way: ReturnType<typeof towards>;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: { speed: 1 } });
  way = towards(estate);
});
afterAll(() => estate.stop());

function typed(words: readonly string[], around: Surrounding = {}) {
  const { options, environment } = way;
  return type([...words, ...options], { environment, ...around });
}

/** The options with one of them changed. */
function with_(option: string, value: string): readonly string[] {
  const index = way.options.indexOf(option);
  return way.options.map((word, at) => (at === index + 1 ? value : word));
}

/** Statements that the world's engines were asked to change something by. */
function changes(): number {
  const answer = estate.control({ ask: "changes" });
  return answer.ok && Array.isArray(answer.value) ? answer.value.length : Number.NaN;
}

describe("commands that change nothing", () => {
  test("status says both sides, their link and their roles", async () => {
    const { code, out } = await typed(["status"]);
    expect(code).toBe(0);
    expect(out).toContain("Link LINK_Adatum: Adatum");
    expect(out).toMatch(/SQL Server +PRIMARY, HEALTHY, CONNECTED/);
    expect(out).toMatch(/managed instance +SECONDARY, HEALTHY, CONNECTED/);
  });

  test("rows counts the link's database on both sides, and one that is named; unread is exit code 4", async () => {
    const { code, out } = await typed(["rows", "--json"]);
    expect([0, 1]).toContain(code);
    const { rowCounts } = JSON.parse(out) as { readonly rowCounts: readonly RowCounts[] };
    expect(rowCounts.map(({ database, sides }) => [database, sides.box.kind])).toEqual([
      ["Adatum", "seen"],
    ]);
    const other = await typed(["rows", "--database", "NotThere"]);
    expect([other.code, other.out]).toEqual([4, expect.stringContaining("cannot be compared")]);
  });

  test("check ends with 0 while it only waits for the workload", async () => {
    const { code, out } = await typed(["check"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^A run can be started; it will wait for/);
  });

  test("plan gives the same hash twice, and as one JSON document", async () => {
    const first = await typed(["plan", "--json"]);
    const second = await typed(["plan"]);
    const { hash } = JSON.parse(first.out) as { readonly hash: string };
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second.out).toContain(`Plan ${hash}`);
  });

  test("a plan with other choices has another hash", async () => {
    const [one, other] = await Promise.all([
      typed(["plan", "--json"]),
      typed(["plan", "--json", "--stable-seconds", "6"]),
    ]);
    expect(one.out).not.toBe(other.out);
  });

  test("without --to a plan goes away from the primary, and towards it there is none", async () => {
    const [one, other] = await Promise.all([
      typed(["plan", "--json"]),
      typed(["plan", "--json", "--to", "instance"]),
    ]);
    // The findings beside them hold live figures of two readings.
    const planned = ({ out }: Typed): unknown => {
      const { hash, plan } = JSON.parse(out) as { readonly hash: unknown; readonly plan: unknown };
      return [hash, plan];
    };
    expect(planned(other)).toEqual(planned(one));
    const back = await typed(["plan", "--to", "box"]);
    expect([back.code, changes()]).toEqual([3, 0]);
    expect(back.out).toContain("SQLBOX01 is PRIMARY already and sqlmi1");
    expect(back.out).toContain("Choose the other direction to move back.");
  });

  test("script writes one file for each server and two of the whole plan", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mi-link-scripts-"));
    const { code } = await typed(["script", "--out", folder]);
    expect([code, readdirSync(folder).sort()]).toEqual([
      0,
      ["1-sql-server.sql", "2-managed-instance.sql", "failover.ps1", "failover.sh"],
    ]);
  });
});

/** As for servers elsewhere: the system's own authorities are trusted, and no other. */
function withoutAuthority(options: readonly string[]): readonly string[] {
  return options
    .filter((word, at) => word !== "--ca-file" && options[at - 1] !== "--ca-file")
    .map((word) => (word === "practice" ? "test" : word));
}

describe("bad input", () => {
  test.each<[string, () => readonly string[], string]>([
    [
      "a closed port",
      () => with_("--sql-server", "127.0.0.1,1"),
      "Nothing listens at 127.0.0.1,1.",
    ],
    [
      "a wrong host name",
      () => with_("--sql-server-certificate-name", "SQLBOX02"),
      "is made out to another name",
    ],
    [
      "an unknown host",
      () => withoutAuthority(with_("--sql-server", "no-such-host.invalid")),
      "no-such-host.invalid,1433 is not known here by that name.",
    ],
    [
      "an untrusted certificate",
      () => withoutAuthority(way.options),
      "is signed by nobody this computer trusts.",
    ],
    [
      "no such link",
      () => [...way.options, "--link", "O'Brien ] $(x)\n😀"],
      "have no link O'Brien ] $(x)\\u000a😀",
    ],
  ])(
    "%s has its own sentence, exit code 1 and changes nothing",
    async (_name, options, sentence) => {
      const { code, err } = await type(["check", ...options()], { environment: way.environment });
      expect([code, changes()]).toEqual([1, 0]);
      expect(err).toContain(sentence);
    },
  );

  test("a wrong password has its own sentence, exit code 1 and changes nothing", async () => {
    const environment = { sqlServer: "wrong", managedInstance: "wrong" };
    const { code, err } = await typed(["check"], { environment });
    expect([code, changes()]).toEqual([1, 0]);
    expect(err).toContain("refused the login");
  });

  test.each<[string, () => readonly string[], string]>([
    [
      "without an authority",
      () => way.options.filter((word) => word !== "--ca-file" && word !== estate.caFile),
      "needs --ca-file",
    ],
    [
      "not encrypted",
      () => [...way.options, "--sql-server-encrypt", "optional"],
      "is encrypted on both sides",
    ],
    [
      "with a server elsewhere",
      () => with_("--sql-server", "10.0.0.4"),
      "takes servers on this computer alone",
    ],
    ["called production", () => with_("--environment", "production"), "use --environment practice"],
    [
      "with an authority that is none",
      () => with_("--ca-file", notACertificate()),
      "is no readable certificate",
    ],
  ])("a practice estate %s is refused with exit code 2", async (_name, options, sentence) => {
    const { code, err } = await type(["status", ...options()], { environment: way.environment });
    expect([code, err]).toEqual([2, expect.stringContaining(sentence) as string]);
  });

  test("a password variable that is not set, or an empty password, is a wrong usage", async () => {
    const missing = await typed(["status"], { environment: {} });
    const empty = await typed(["status"], { environment: { sqlServer: "", managedInstance: "" } });
    expect([missing.code, empty.code]).toEqual([2, 2]);
    expect(missing.err).toContain("The environment variable sqlServer is not set.");
  });

  test("no secret is ever in the output, in JSON neither", async () => {
    const secrets = Object.values(way.environment);
    for (const words of [
      ["status", "--json"],
      ["check", "--json"],
      ["plan", "--json"],
    ]) {
      const { out, err } = await typed(words);
      expect(secrets.filter((secret) => `${out}${err}`.includes(secret))).toEqual([]);
    }
  });
});

describe("run", () => {
  test("without a terminal and without a hash is a wrong usage", async () => {
    const { code, err } = await typed(["run"]);
    expect([code, err]).toEqual([2, expect.stringContaining("--approve HASH") as string]);
  });

  test("of another plan than the approved one is refused, and nothing is sent", async () => {
    const { code, err } = await typed(["run", "--approve", "0".repeat(64)]);
    expect([code, changes()]).toEqual([3, 0]);
    expect(err).toContain("The plan no longer fits: ");
    expect(err).toContain("Nothing was sent.");
  });

  test("that is not approved on the terminal is not started", async () => {
    const { code, err } = await typed(["run"], { says: ["no"] });
    expect([code, changes()]).toEqual([3, 0]);
    expect(err).toContain("The plan was not approved. Nothing was sent.");
  });

  test("gives up waiting for the workload when it is told to", async () => {
    const { code, out } = await typed(["run", "--wait-seconds", "2"], { says: ["yes"] });
    expect([code, changes()]).toEqual([3, 0]);
    expect(out).toContain("Not ready after 2 s, and nothing was sent.");
  });

  test("stopped by Ctrl+C at the gate ends at once with nothing sent", async () => {
    const { code, out } = await typed(["run"], {
      says: ["yes"],
      onTold: (line, interrupt) => {
        if (line.includes("still writing")) interrupt();
      },
    });
    expect([code, changes()]).toEqual([1, 0]);
    expect(out).toContain("Stopped.");
  });

  test("left nothing open: the next start finds no run", async () => {
    const { out } = await typed(["status"]);
    expect(out).not.toContain("A run was interrupted");
    const runs = readdirSync(join(way.dataDir, "runs"));
    const reports = runs.map((run) =>
      readFileSync(join(way.dataDir, "runs", run, "report.md"), "utf8"),
    );
    expect(reports.every((report) => report.startsWith("# PRACTICE"))).toBe(true);
    const secrets = Object.values(way.environment);
    expect(reports.some((report) => secrets.some((secret) => report.includes(secret)))).toBe(false);
  });
});

function notACertificate(): string {
  const file = join(mkdtempSync(join(tmpdir(), "mi-link-ca-")), "ca.pem");
  writeFileSync(file, "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
  return file;
}
