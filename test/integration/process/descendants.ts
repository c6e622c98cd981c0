// Whether anything a command started is still running: children inherit a mark in their environment, whoever their parent is now.
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";

/** Put into the environment of a command, and looked for afterwards. */
export interface Mark {
  readonly environment: Readonly<Record<string, string>>;
  /** Process ids with the command line of each. Only Linux can be asked; elsewhere always empty. */
  readonly running: () => readonly string[];
  /** For afterAll: ends what a failed test left. */
  readonly end: () => void;
}

const variable = "MI_LINK_TEST_MARK";

export function newMark(): Mark {
  const value = randomUUID();
  const running = () => (process.platform === "linux" ? marked(`${variable}=${value}`) : []);
  return {
    environment: { [variable]: value },
    running,
    end() {
      for (const one of running()) process.kill(Number.parseInt(one, 10), "SIGKILL");
    },
  };
}

function marked(entry: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => textOf(`/proc/${id}/environ`).split("\0").includes(entry))
    .map((id) => `${id} ${textOf(`/proc/${id}/cmdline`).replaceAll("\0", " ")}`);
}

/** A process may end while it is looked at, and others' may not be read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** True while somebody listens there. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
