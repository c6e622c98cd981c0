// Names replaced by stand-ins: the same one everywhere, in every spelling, and no other word touched.
import { describe, expect, test } from "vitest";
import { namesIn } from "../../../shared/bundle/names-in.ts";
import { pseudonymsFor } from "../../../shared/bundle/pseudonyms.ts";

test.each(["sqlmi-one", "a.b+c*d?", "x(y)[z]{1}|^$", "/slash\\back", "naïve Ω 名"])(
  "%s is replaced, whatever signs it has",
  (name) => {
    const { apply } = pseudonymsFor([{ name, kind: "database" }]);
    expect(apply(`of ${name}, and`)).toBe("of database-1, and");
  },
);

describe("a name", () => {
  const { apply, count } = pseudonymsFor([
    { name: "SQLBOX01\\ORDERS", kind: "server" },
    { name: "sqlmi1.a0b1.database.windows.net", kind: "address" },
    { name: "Adatum", kind: "database" },
    { name: "AG_Adatum", kind: "group" },
    { name: "ADATUM\\dana", kind: "user" },
    { name: "o'neil]x", kind: "login" },
  ]);

  test("has the same stand-in in every text, whatever its case", () => {
    expect(apply("Adatum moves.")).toBe(apply("ADATUM moves."));
    expect(apply("Adatum")).not.toBe(apply("AG_Adatum"));
    expect(apply("[AG_Adatum]")).toMatch(/^\[group-\d+\]$/u);
    expect(count()).toBeGreaterThan(5);
  });

  test("is replaced as Markdown spells it", () => {
    expect(apply("AG\\_Adatum on SQLBOX01\\\\ORDERS")).not.toMatch(/adatum|sqlbox|orders/iu);
  });

  test("is replaced as JSON, T-SQL and brackets spell it", () => {
    for (const text of [
      '"SQLBOX01\\\\ORDERS"',
      "N'o''neil]x'",
      "[o'neil]]x]",
      "SQLBOX01\\ORDERS",
    ]) {
      expect(apply(text)).not.toMatch(/sqlbox01|orders|neil/iu);
    }
  });

  test("is replaced by its first part too, and without its domain", () => {
    expect(apply("sqlmi1 is primary, dana approved.")).not.toMatch(/sqlmi1|dana/u);
  });

  test("inside another word is left alone", () => {
    expect(apply("Adatums xAdatum Adatum_2")).toBe("Adatums xAdatum Adatum_2");
  });
});

test("addresses that nobody named are found by their shape", () => {
  const { apply } = pseudonymsFor([]);
  const text =
    "dana@adatum.example, 10.1.2.3, other.z9.database.windows.net, 6f1c2a52-3b0d-4e77-9c1e-0a5b7d9e2f10";
  expect(apply(text)).toBe("user-1, address-1, host-1, id-1");
  const version = "16.0.4195.2 at 20:00:01.123";
  expect(apply(version)).toBe(version);
});

test("names that hide nothing stay: databases of the system, and very short ones", () => {
  const { apply } = pseudonymsFor([
    { name: "master", kind: "database" },
    { name: "x", kind: "link" },
  ]);
  expect(apply("master x")).toBe("master x");
});

test("names are told by the keys that they stand under, wherever these are", () => {
  const plan = {
    link: { name: "LINK_A", databases: ["A"], groupIds: { box: "1" }, boxGroup: "AG_A" },
    box: { serverName: "SQLBOX01", productVersion: "16.0" },
    logins: { box: "dba", instance: "mi_dba" },
    steps: [{ action: { kind: "failover", group: "LINK_A" } }],
  };
  expect(namesIn({ plan }).map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    "link LINK_A",
    "database A",
    "group AG_A",
    "server SQLBOX01",
    "login dba",
    "login mi_dba",
    "group LINK_A",
  ]);
});
