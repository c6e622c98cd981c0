import { expect, test } from "vitest";
import { readLinkEnd } from "../../../electron/estate/read-link-end.ts";
import { names, server, silent } from "../../shared/estate/sample-estate.ts";
import { allRights, refused, scriptedSession } from "./scripted-session.ts";

const read = (session: ReturnType<typeof scriptedSession>) =>
  readLinkEnd(session, names.link, [names.database]);

test("the light look is one batch", async () => {
  const session = scriptedSession("box");
  const facts = await read(session);
  expect(session.batches).toEqual([
    ["rights", "server", "groups", "replicas", "replicaDatabases", "databases"],
  ]);
  expect(facts.server).toEqual(server());
});

test.each([
  { rights: [{ ...allRights, viewAnyDefinition: 0 }] },
  { groups: refused(300), rights: [{ ...allRights, viewAnyDefinition: 0 }] },
])(
  "without the right to see it the role is not allowed, and the server still named",
  async (script) => {
    const facts = await read(scriptedSession("box", script));
    expect(facts.role).toEqual({ kind: "notAllowed", permission: "VIEW ANY DEFINITION" });
    expect(facts.server.serverName).toBe(names.box);
  },
);

test("a link that is not there is absent", async () => {
  expect((await read(scriptedSession("box", { groups: [] }))).role).toEqual({ kind: "absent" });
});

test.each([silent, { ...silent, code: "sql208", sqlNumber: 208 }])(
  "a server that does not answer as expected throws its problem",
  async (problem) => {
    await expect(read(scriptedSession("box", { databases: problem }))).rejects.toMatchObject({
      problem,
    });
  },
);
