// At most so many questions at once, and one that is late keeps nobody waiting.
import { expect, test } from "vitest";
import { inTurns } from "../../../electron/azure/in-turns.ts";
import { steppedClock } from "../../fakes/stepped-clock.ts";

/** Questions by number: which began, and how each is answered. */
function questions(mostAtOnce: number) {
  const clock = steppedClock(0);
  const inTurn = inTurns(mostAtOnce, clock);
  const began: number[] = [];
  const answer = new Map<number, (fails?: Error) => void>();
  const ask = (number: number) =>
    inTurn(
      () =>
        new Promise<number>((resolve, reject) => {
          began.push(number);
          answer.set(number, (fails) => {
            if (fails === undefined) resolve(number);
            else reject(fails);
          });
        }),
    );
  const settled = () => new Promise(setImmediate);
  return { clock, began, answer, ask, settled };
}

test("the next one begins with the end of one before, answered or failed", async () => {
  const { began, answer, ask, settled } = questions(2);
  const [first, second, third, fourth] = [1, 2, 3, 4].map(ask);
  await settled();
  expect(began).toEqual([1, 2]);
  answer.get(2)?.(new Error("refused"));
  await expect(second).rejects.toThrow("refused");
  await settled();
  expect(began).toEqual([1, 2, 3]);
  answer.get(1)?.();
  expect(await first).toBe(1);
  await settled();
  expect(began).toEqual([1, 2, 3, 4]);
  answer.get(4)?.();
  answer.get(3)?.();
  expect(await Promise.all([third, fourth])).toEqual([3, 4]);
});

test("one that has not answered after 5 s makes room, once, and is still waited for", async () => {
  const { clock, began, answer, ask, settled } = questions(1);
  const [late] = [1, 2, 3].map(ask);
  await settled();
  clock.pass(4_999);
  await settled();
  expect(began).toEqual([1]);
  clock.pass(1);
  await settled();
  expect(began).toEqual([1, 2]);
  answer.get(1)?.();
  expect(await late).toBe(1);
  await settled();
  // Its room was given away before: the third waits for the second.
  expect(began).toEqual([1, 2]);
});
