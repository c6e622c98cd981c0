// Control lines that come as messages of a parent process, as an Electron utility process gets them.
import { PassThrough, type Readable } from "node:stream";

interface ParentPort {
  on(name: "message", listener: (event: { readonly data?: unknown }) => void): unknown;
}

/** One line for each text that the parent posts; it never ends by itself. Undefined where there is no such parent. */
export function linesOfParent(process: object): Readable | undefined {
  const port = "parentPort" in process ? process.parentPort : undefined;
  if (!isParentPort(port)) return undefined;
  const lines = new PassThrough();
  port.on("message", ({ data }) => {
    if (typeof data === "string") lines.write(`${data}\n`);
  });
  return lines;
}

function isParentPort(value: unknown): value is ParentPort {
  return (
    typeof value === "object" && value !== null && "on" in value && typeof value.on === "function"
  );
}
