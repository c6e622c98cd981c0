// What the Chromium host does around its window, with Node and the system's own commands.
import { spawn } from "node:child_process";
import type { HostSystem } from "./host.ts";
import { practiceArguments } from "./host.ts";
import { webAddress } from "./web-address.ts";

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
  darwin: ["open"],
};

export const nodeSystem: HostSystem = {
  async openInBrowser(url) {
    const [program, ...before] = openers[process.platform] ?? ["xdg-open"];
    const opened = spawn(program, [...before, webAddress(url)], {
      stdio: "ignore",
      detached: true,
    });
    await new Promise<void>((resolve, reject) => {
      opened.once("spawn", resolve);
      opened.once("error", reject);
    });
    opened.unref();
  },
  startBeside(script) {
    // It ends when its input does, also when this process is killed.
    const child = spawn(process.execPath, [script, ...practiceArguments], {
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    const ended = new Promise<void>((resolve) => {
      child.once("close", () => {
        resolve();
      });
      child.once("error", () => {
        resolve();
      });
    });
    // What is sent to one that has just ended is lost; `ended` tells.
    child.stdin.on("error", () => undefined);
    return {
      output: child.stdout,
      send: (line) => void child.stdin.write(`${line}\n`),
      end: () => void child.stdin.end(),
      ended,
    };
  },
};
