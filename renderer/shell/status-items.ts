// What the status bar says of connections and of the run. Pure.
import type { EstateFeed } from "../explorer/estate-feed.ts";
import { splitBrainLinks } from "../explorer/estate-feed.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { isUnfinished } from "../../shared/run/step-state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { isRunning } from "../run-feed.ts";
import type { RunFeed } from "../run-feed.ts";
import { text } from "../text.ts";
import { shortName } from "../ui/short-name.ts";

export interface StatusItem {
  readonly words: string;
  readonly tone: "good" | "bad" | "plain" | "strong";
}

/** Every connection: whether its server answered the newest reading. Before the first one it is connected, no more. */
export function connectionItems(
  connections: readonly ConnectionFacts[],
  feed: EstateFeed,
): readonly StatusItem[] {
  if (connections.length === 0) return [{ words: text.status.noConnection, tone: "plain" }];
  return connections.map(({ connectionId, side, serverName }) => {
    const read = feed.read?.servers.find((one) => one.connectionId === connectionId);
    const name = visibleText(shortName(side, serverName));
    return read?.reading.kind === "unreachable"
      ? { words: text.status.unreachable(name), tone: "bad" }
      : { words: text.status.connected(name), tone: "good" };
  });
}

/** The step in flight, or that none is; and a split brain, whatever else goes on. */
export function runItems(run: RunFeed, feed: EstateFeed): readonly StatusItem[] {
  const split = splitBrainLinks(feed).map((link): StatusItem => ({
    words: text.status.splitBrain(visibleText(link)),
    tone: "strong",
  }));
  if (!isRunning(run)) return [...split, { words: text.status.noRun, tone: "plain" }];
  const { steps } = run.state;
  const current = steps.findIndex(isUnfinished);
  const words =
    current === -1 ? text.status.runStarting : text.status.run(current + 1, steps.length);
  return [...split, { words, tone: "strong" }];
}
