// What every host's transport does, from `window.api` in the page to the handlers and back: one suite for both hosts.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer, Api, EventName, Events } from "../../../shared/ipc.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Handlers } from "../../../electron/ipc/serve.ts";
import type { Tell } from "../../../electron/ipc/tell.ts";
import { fakeHandlers } from "../../fakes/fake-handlers.ts";

/** `window.api` of a served page, driven from outside. */
export interface ServedPage {
  readonly invoke: Api["invoke"];
  readonly cancel: (requestId: string) => Promise<void>;
  /** Asks with something that is no data: a function. */
  readonly invokeWithFunction: () => Promise<Answer<unknown>>;
  /** Listens from now on; `heard` is what came, `stop` ends it. */
  readonly listen: (name: EventName) => Promise<Listening>;
  readonly tell: Tell;
  /** The names that `window.api` has. */
  readonly exposed: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export interface Listening {
  /** Resolves once `count` payloads came. */
  readonly heard: (count: number) => Promise<readonly unknown[]>;
  readonly stop: () => Promise<void>;
}

const hostile = `a]'"\n\t$(x) \u{1F600} \u2028 ' \\ </script> ${"x".repeat(128)}`;
const folder = (name: string) => ({ folder: name, parent: null, folders: [], files: [] });
const gate = (order: number) => ({ order }) as unknown as Events["gate"];

/** Registers the suite. `open` serves `handlers` to a page and answers its api. */
export function describeTransport(
  host: string,
  open: (handlers: Handlers) => Promise<ServedPage>,
): void {
  describe(`the transport of ${host}`, () => {
    let page: ServedPage;
    let began: () => void = () => undefined;
    const handlers = fakeHandlers({
      "file.listFolder": (input) => folder(input.folder ?? "none"),
      "plan.scripts": () => {
        throw new AppError({ code: "gone", class: "block", summary: "Gone.", remedy: "Make it." });
      },
      "azure.tenants": (_input, { signal }) =>
        new Promise((_resolve, reject) => {
          began();
          signal.addEventListener("abort", () => {
            reject(new AppError({ code: "stopped", class: "info", summary: "S.", remedy: "R." }));
          });
        }),
    });
    beforeAll(async () => {
      page = await open(handlers);
    });
    afterAll(() => page.close());

    test("exposes invoke, cancel and on, and nothing else", async () => {
      expect([...(await page.exposed())].sort()).toEqual(["cancel", "invoke", "on"]);
    });

    test("carries text of every kind there and back unchanged", async () => {
      expect(await page.invoke("file.listFolder", { folder: hostile })).toEqual({
        ok: true,
        value: folder(hostile),
      });
    });

    test("answers a handler's refusal as data", async () => {
      expect(await page.invoke("plan.scripts", { planHash: "x" })).toEqual({
        ok: false,
        error: { code: "gone", class: "block", summary: "Gone.", remedy: "Make it." },
      });
    });

    test("names the field of an input that does not fit", async () => {
      const wrong = { planHash: 1 } as unknown as { planHash: string };
      expect(await page.invoke("plan.scripts", wrong)).toMatchObject({
        ok: false,
        error: { code: "inputRefused", summary: expect.stringContaining("planHash") as string },
      });
    });

    test("refuses a name that the contract does not have", async () => {
      const unknownName = "constructor" as "app.facts";
      expect(await page.invoke(unknownName, {})).toMatchObject({
        ok: false,
        error: { code: "unknownRequest" },
      });
    });

    test("answers, and does not reject, when the input is no data", async () => {
      expect(await page.invokeWithFunction()).toMatchObject({ ok: false });
    });

    test("aborts the handler of the request that is cancelled", async () => {
      const hasBegun = new Promise<void>((resolve) => {
        began = resolve;
      });
      const answer = page.invoke("azure.tenants", {}, "request-1");
      await hasBegun;
      await page.cancel("another");
      await page.cancel("request-1");
      expect(await answer).toMatchObject({ ok: false, error: { code: "stopped" } });
    });

    test("tells events to the listeners of their name, in order, until they stop listening", async () => {
      const first = await page.listen("gate");
      const second = await page.listen("gate");
      const other = await page.listen("connection.changed");
      for (const order of [1, 2, 3]) page.tell("gate", gate(order));
      page.tell("connection.changed", []);
      expect(await first.heard(3)).toEqual([1, 2, 3].map(gate));
      expect(await other.heard(1)).toEqual([[]]);
      await first.stop();
      page.tell("gate", gate(4));
      expect(await second.heard(4)).toEqual([1, 2, 3, 4].map(gate));
      expect(await first.heard(3)).toEqual([1, 2, 3].map(gate));
    });
  });
}
