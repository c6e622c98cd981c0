// What a process and everything below it hold in memory, as Linux tells it; other systems are not asked.
import { readFileSync, readdirSync } from "node:fs";

/**
 * Proportional set size: what several processes share is counted once among them.
 * @returns {{all: number, practice: number} | undefined} bytes, and how many of them the practice estate holds; undefined
 *   where the system does not say it
 */
export function memoryOf(pid) {
  if (process.platform !== "linux") return undefined;
  try {
    const held = processesFrom(pid).map((id) => ({
      bytes: pssOf(id),
      isPractice: read(`/proc/${id}/cmdline`).includes("/out/practice/"),
    }));
    const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
    return { all: sum(held), practice: sum(held.filter(({ isPractice }) => isPractice)) };
  } catch (error) {
    // Chromium's sandboxed processes show this to root alone.
    if (error.code === "EACCES") return undefined;
    throw error;
  }
}

/** The process itself and everything below it. Each of its threads knows the children that it has started. */
function processesFrom(pid) {
  const threads = orWhenGone(() => readdirSync(`/proc/${pid}/task`), []);
  const children = threads.flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .split(" ")
      .filter((id) => id !== ""),
  );
  return [pid, ...children.flatMap(processesFrom)];
}

function pssOf(pid) {
  const [, kb = 0] = /^Pss: +(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kb) * 1024;
}

function read(file) {
  return orWhenGone(() => readFileSync(file, "utf8"), "");
}

/** A process may be gone by the time it is looked at. */
function orWhenGone(look, otherwise) {
  try {
    return look();
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return otherwise;
    throw error;
  }
}
