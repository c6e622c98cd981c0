// Secrets: in once, out once, and no more of them than a window can be typing.
import { describe, expect, test } from "vitest";
import { createSecrets } from "../../../electron/services/secrets.ts";

function secrets() {
  let last = 0;
  return createSecrets(() => `id-${String((last += 1))}`);
}

describe("a secret", () => {
  test("is handed out once, under its own id alone", () => {
    const held = secrets();
    const [one, other] = [held.keep("one"), held.keep("other")];
    expect([held.take(other), held.take(one)]).toEqual(["other", "one"]);
    expect(() => held.take(one)).toThrow("not held any more");
    expect(() => held.take("constructor")).toThrow("not held any more");
  });

  test("is forgotten when more of them come than anybody types, and all of them at the end", () => {
    const held = secrets();
    const ids = Array.from({ length: 9 }, (_, index) => held.keep(String(index)));
    expect(() => held.take(ids[0] ?? "")).toThrow();
    expect(held.take(ids[1] ?? "")).toBe("1");
    held.forgetAll();
    expect(() => held.take(ids[8] ?? "")).toThrow();
  });

  test("is not in the sentence about it", () => {
    const held = secrets();
    const id = held.keep("P@ss");
    held.take(id);
    expect(() => held.take(id)).toThrow(/^((?!P@ss).)*$/);
  });
});
