// The server as a whole: where it listens and how it ends.
import { expect, test } from "vitest";
import { createAuthority } from "../../../practice/tds/authority.ts";
import { createTdsServer } from "../../../practice/tds/server.ts";
import { fakeBackend } from "./fake-backend.ts";
import { failureOf, gate } from "./outputs.ts";
import { practiceServer, withPool } from "./practice-server.ts";

const it = practiceServer("optional");

test.each(["0.0.0.0", "::", "192.0.2.1", "example.invalid", "127.example.invalid"])(
  "it does not listen on %s, which is not loopback",
  async (host) => {
    const server = createTdsServer({
      backend: it.backend,
      tls: it.certificate,
      encryption: "optional",
    });
    const reason = await failureOf(server.listen(0, host));
    expect(reason.message).toBe(`The practice server listens on loopback, not on ${host}.`);
  },
);

test("a port that is taken is an error", async () => {
  const server = createTdsServer({
    backend: it.backend,
    tls: it.certificate,
    encryption: "optional",
  });
  expect((await failureOf(server.listen(it.port))).code).toBe("EADDRINUSE");
});

test("closing waits until the backend has let go of every session", async () => {
  const authority = await createAuthority();
  const backend = fakeBackend();
  const tls = await authority.issue([]);
  const server = createTdsServer({ backend, tls, encryption: "optional" });
  const port = await server.listen();
  const started = gate();
  backend.scripts.set("busy", async function* ({ signal }) {
    started.open();
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve);
    });
    yield { kind: "done" };
  });
  await withPool(it, { port }, async (pool) => {
    const running = failureOf(pool.request().batch("busy"));
    await started.opened;
    await server.close();
    expect([server.connectionCount(), backend.closedSessions.length]).toEqual([0, 2]);
    await running;
  });
});
