// What the command line sees of the process it runs in; tests hand in their own.
import { createInterface } from "node:readline/promises";
import { askSecretOn } from "./ask-secret.ts";
import { UsageError } from "./usage-error.ts";

export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** True when somebody can be asked. */
  readonly isInteractive: boolean;
  /** Standard output: the answer. */
  readonly print: (text: string) => void;
  /** Standard error: progress and problems. */
  readonly tell: (text: string) => void;
  readonly ask: (question: string) => Promise<string>;
  readonly askSecret: (question: string) => Promise<string>;
}

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    environment: process.env,
    isInteractive: stdin.isTTY && stderr.isTTY,
    print: (text) => stdout.write(`${text}\n`),
    tell: (text) => stderr.write(`${text}\n`),
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        // readline keeps Ctrl+C to itself; nothing has been sent yet, so it simply ends the question.
        const interrupted = new Promise<never>((_resolve, reject) => {
          lines.once("SIGINT", () => {
            reject(new UsageError("Nothing was sent."));
          });
        });
        return await Promise.race([lines.question(question), interrupted]);
      } finally {
        lines.close();
      }
    },
    askSecret: (question) => askSecretOn(stdin, stderr, question),
  };
}
