// The estate in an Electron utility process: control lines come as messages.
import { EventEmitter, once } from "node:events";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { runPractice } from "../../../practice/command-line.ts";
import { linesOfParent } from "../../../practice/control/lines-of-parent.ts";

test("a process without a parent that posts messages has none", () => {
  expect(linesOfParent({})).toBeUndefined();
  expect(linesOfParent({ parentPort: null })).toBeUndefined();
  expect(linesOfParent(process)).toBeUndefined();
});

test("each text that the parent posts is one request, and anything else is none", async () => {
  const parentPort = new EventEmitter();
  const input = linesOfParent({ parentPort });
  if (input === undefined) throw new Error("There are no lines.");
  const [output, interrupt] = [new PassThrough(), new AbortController()];
  const ended = runPractice(["--control"], {
    input,
    output,
    errors: new PassThrough(),
    interrupted: interrupt.signal,
  });
  await once(output, "data");
  parentPort.emit("message", { data: { ask: "truth" } });
  parentPort.emit("message", { data: '{"id":"]","ask":"clock"}' });
  const [answer] = (await once(output, "data")) as [Buffer];
  expect(JSON.parse(answer.toString("utf8"))).toMatchObject({ id: "]", ok: true });
  interrupt.abort();
  expect(await ended).toBe(0);
});
