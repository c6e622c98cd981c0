// The control protocol of the practice estate that this window started: one request, one answer line.
import type { Interface } from "node:readline";
import { z } from "zod";
import type { EstateRequest } from "../../shared/drills/drill.ts";
import type { Beside } from "../host/host.ts";

export interface PracticeControl {
  /** Rejects with Error for what the estate refuses, and when it has ended. */
  ask(request: EstateRequest): Promise<unknown>;
}

const answerLine = z.discriminatedUnion("ok", [
  z.object({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number(), ok: z.literal(false), error: z.string() }),
]);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `lines`: what the estate prints, after its first line. */
export function practiceControl(
  lines: Interface,
  { send, ended }: Pick<Beside, "send" | "ended">,
): PracticeControl {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let isOver = false;
  lines.on("line", (line) => {
    const answer = answerOf(line);
    if (answer === undefined) return;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) asked?.resolve(answer.value);
    else asked?.reject(new Error(answer.error));
  });
  void ended.then(() => {
    isOver = true;
    for (const { reject } of waiting.values()) reject(gone());
    waiting.clear();
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (isOver) {
          reject(gone());
          return;
        }
        const id = ++last;
        waiting.set(id, { resolve, reject });
        send(JSON.stringify({ ...request, id }));
      }),
  };
}

/** Undefined for a line that answers nothing of ours. */
function answerOf(line: string): z.output<typeof answerLine> | undefined {
  try {
    return answerLine.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function gone(): Error {
  return new Error("The practice estate has ended.");
}
