// What is taken out of a line of the log before it is written.
import { expect, test } from "vitest";
import { withoutSecrets } from "../../../shared/log/entry.ts";

const secret = "Pl4nted-s3cret!";

test.each([
  `CREATE LOGIN app WITH PASSWORD = N'${secret}''s', SID = 0x01`,
  `CREATE CREDENTIAL c WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = '${secret}'`,
  `Server=tcp:sqlmi1,1433;User ID=dba;Password=${secret};Encrypt=True`,
  `Server=sqlmi1;pwd=${secret}`,
  `{"client_secret":"${secret}","grant_type":"x"}`,
  `https://save.blob.core.windows.net/c/a.bak?sv=2024&sig=${secret}&se=2026`,
  `Authorization: Bearer ${secret.replace("!", "")}.tail`,
  `token eyJhbGciOiJSUzI1NiJ9.eyJ${secret.replace("!", "")}.signature`,
])("no secret is left of %s", (words) => {
  expect(withoutSecrets(words)).not.toContain(secret.replace("!", ""));
  expect(withoutSecrets(words)).toContain("[hidden]");
});

test("other words stay as they are, and very long ones are cut", () => {
  const plain = "Login failed for user 'dba'. The password of the login has expired: reset it.";
  expect(withoutSecrets("Run ended, succeeded: sqlmi1 is primary.")).toBe(
    "Run ended, succeeded: sqlmi1 is primary.",
  );
  expect(withoutSecrets(plain)).toContain("has expired");
  expect(withoutSecrets("x".repeat(10_000))).toHaveLength(2_000);
});
