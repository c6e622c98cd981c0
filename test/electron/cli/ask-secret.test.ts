// A password typed on a terminal: never shown, and the terminal is always put back.
import { PassThrough, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { askSecretOn } from "../../../electron/cli/ask-secret.ts";
import type { KeyInput } from "../../../electron/cli/ask-secret.ts";

function keyboard() {
  const raw: boolean[] = [];
  let listen: ((keys: string) => void) | undefined;
  const input: KeyInput = {
    setRawMode: (isRaw) => raw.push(isRaw),
    setEncoding: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
    on(_event, act) {
      listen = act;
    },
    off() {
      listen = undefined;
    },
  };
  return {
    input,
    raw,
    press: (keys: string) => listen?.(keys),
    isHeard: () => listen !== undefined,
  };
}

describe("a password that is asked for", () => {
  test("is taken with its corrections and never written", async () => {
    const { input, raw, press, isHeard } = keyboard();
    const output = new PassThrough();
    const asking = askSecretOn(input, output, "Password: ");
    press("pä$$x");
    press("\u007f");
    press("😀\r");
    expect(await asking).toBe("pä$$😀");
    expect(String(output.read())).toBe("Password: \n");
    expect([raw, isHeard()]).toEqual([[true, false], false]);
  });

  test("is asked for only once the terminal no longer shows what is typed", async () => {
    const { input, raw, press } = keyboard();
    const written: (readonly [string, readonly boolean[]])[] = [];
    const output = new Writable({
      write(text, _encoding, done) {
        written.push([String(text), [...raw]]);
        done();
      },
    });
    const asking = askSecretOn(input, output, "Password: ");
    press("x\r");
    await asking;
    expect(written[0]).toEqual(["Password: ", [true]]);
  });

  test("and given up by Ctrl+C puts the terminal back", async () => {
    const { input, raw, press } = keyboard();
    const asking = askSecretOn(input, new PassThrough(), "Password: ");
    press("x\u0003");
    await expect(asking).rejects.toThrow("No password was given.");
    expect(raw).toEqual([true, false]);
  });
});
