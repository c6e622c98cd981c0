// The small web server: what comes in as data, what goes out, and what it refuses by itself.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { json, startWebServer } from "../../../practice/web/web-server.ts";
import type { WebRequest, WebServer } from "../../../practice/web/web-server.ts";

let server: WebServer | undefined;
const seen: WebRequest[] = [];
beforeAll(async () => {
  server = await startWebServer({
    handle: (request) => {
      seen.push(request);
      if (request.url.pathname === "/fails") return Promise.reject(new Error("no such luck"));
      if (request.url.pathname === "/lost")
        return Promise.resolve({ ...json(200, {}), isLost: true });
      return Promise.resolve(json(200, { method: request.method }, { "x-more": "1" }));
    },
  });
});
afterAll(() => server?.stop());
const origin = (): string => server?.origin ?? "";

/** Sends bytes as they are, and resolves with the status line of the answer. */
function statusLine(text: string): Promise<string> {
  const { port, hostname } = new URL(origin());
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.once("error", reject);
    socket.once("data", (data) => {
      resolve(data.toString("latin1").split("\r\n", 1)[0] ?? "");
      socket.destroy();
    });
  });
}

describe("a request", () => {
  test("is given as data under the server's own origin, whatever Host says", async () => {
    await fetch(`${origin()}/a%20b?c=%F0%9F%99%82`, { method: "post", body: "] ' \" 🙂\n" });
    const request = seen.at(-1);
    expect(request).toMatchObject({ method: "POST", body: "] ' \" 🙂\n" });
    expect(request?.url.href).toBe(`${origin()}/a%20b?c=%F0%9F%99%82`);
    await statusLine("GET /x HTTP/1.1\r\nHost: management.azure.com\r\nConnection: close\r\n\r\n");
    expect(seen.at(-1)?.url.href).toBe(`${origin()}/x`);
  });

  test("is answered in JSON that nobody keeps", async () => {
    const response = await fetch(`${origin()}/`);
    expect([response.status, await response.json()]).toEqual([200, { method: "GET" }]);
    expect([response.headers.get("cache-control"), response.headers.get("x-more")]).toEqual([
      "no-store",
      "1",
    ]);
  });

  test("that fails inside is 500 with the reason, and the next one is served", async () => {
    const response = await fetch(`${origin()}/fails`);
    expect([response.status, await response.text()]).toEqual([500, "no such luck"]);
    expect((await fetch(`${origin()}/`)).status).toBe(200);
  });

  test("whose answer is lost has arrived, and its connection is cut; the next one is served", async () => {
    await expect(fetch(`${origin()}/lost`)).rejects.toThrow("fetch failed");
    expect(seen.at(-1)?.url.pathname).toBe("/lost");
    expect((await fetch(`${origin()}/`)).status).toBe(200);
  });

  test("larger than 256 KB is 413 and reaches nobody", async () => {
    const before = seen.length;
    const response = await fetch(`${origin()}/`, { method: "POST", body: "x".repeat(262_145) });
    expect([response.status, seen.length]).toEqual([413, before]);
  });

  test("for an address that is none is 400 and reaches nobody", async () => {
    const before = seen.length;
    const line = await statusLine("GET :@[/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect([line, seen.length]).toEqual(["HTTP/1.1 400 Bad Request", before]);
  });
});

describe("stop", () => {
  test("cuts connections that are open and takes no more", async () => {
    const short = await startWebServer({ handle: () => new Promise(() => undefined) });
    const { port, hostname } = new URL(short.origin);
    const waiting = fetch(short.origin).then(
      () => "answered",
      () => "cut",
    );
    // Connected before it stops, so that there is something to cut.
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.destroy();
        resolve();
      });
    });
    await short.stop();
    expect(await waiting).toBe("cut");
    await expect(fetch(short.origin)).rejects.toThrow();
  });
});
