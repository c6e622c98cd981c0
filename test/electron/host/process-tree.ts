// What Linux says of a process and everything below it: who they are, and which sockets they listen on.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The process ids below `root`, without itself. */
export function descendantsOf(root: number): readonly number[] {
  const parents = processIds().flatMap((id) => {
    const parent = parentOf(id);
    return parent === undefined ? [] : [{ id, parent }];
  });
  const below = (parent: number): readonly number[] =>
    parents.filter((one) => one.parent === parent).flatMap(({ id }) => [id, ...below(id)]);
  return below(root);
}

/** Those processes that have this text in their command line. */
export function processesWith(text: string): readonly number[] {
  return processIds().filter((id) => textOf(`/proc/${String(id)}/cmdline`).includes(text));
}

/** TCP sockets that listen and UDP sockets that are bound, IPv4 and IPv6, held by any of `ids`: "tcp 0100007F:1F90". */
export function openPorts(ids: readonly number[]): readonly string[] {
  const held = new Set(ids.flatMap(socketsOf));
  // proc(5): state 0A is LISTEN; a UDP socket without a peer is 07.
  const kinds = [
    { file: "tcp", state: "0A" },
    { file: "tcp6", state: "0A" },
    { file: "udp", state: "07" },
    { file: "udp6", state: "07" },
  ];
  return kinds.flatMap(({ file, state }) =>
    textOf(`/proc/net/${file}`)
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === state && held.has(fields[9] ?? ""))
      .map((fields) => `${file} ${fields[1] ?? ""}`),
  );
}

function processIds(): readonly number[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** proc(5): the name stands in brackets and may hold anything; the parent is the second field after it. */
function parentOf(id: number): number | undefined {
  const stat = textOf(`/proc/${String(id)}/stat`);
  const parent = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .at(1);
  return parent === undefined ? undefined : Number(parent);
}

function socketsOf(id: number): readonly string[] {
  const folder = `/proc/${String(id)}/fd`;
  return orWhenGone(() => readdirSync(folder), []).flatMap((fd) => {
    const held = orWhenGone(() => readlinkSync(`${folder}/${fd}`), "");
    const inode = /^socket:\[(\d+)\]$/.exec(held)?.[1];
    return inode === undefined ? [] : [inode];
  });
}

function textOf(file: string): string {
  return orWhenGone(() => readFileSync(file, "utf8"), "");
}

/** A process or a descriptor may be gone by the time it is looked at. */
function orWhenGone<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
