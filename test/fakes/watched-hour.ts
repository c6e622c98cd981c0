// An hour of watching a link, by a fast clock, over the real services and the window's own folds: what it leaves in memory. For `npm run bench`.
import { readFileSync } from "node:fs";
import { createHandlers } from "../../electron/ipc/handlers.ts";
import { createTell } from "../../electron/ipc/tell.ts";
import { readGateSide } from "../../electron/estate/read-gate.ts";
import { readSide } from "../../electron/estate/read.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import { createServices } from "../../electron/services/create-services.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";
import type { ServerFacts } from "../../practice/estate.ts";
import { feedAfter, noEstate, onlyLink } from "../../renderer/explorer/estate-feed.ts";
import { historiesAfter, historyKey } from "../../renderer/monitor/histories.ts";
import type { Histories } from "../../renderer/monitor/histories.ts";
import { linkPicture } from "../../renderer/monitor/link-picture.ts";
import { withLive } from "../../renderer/monitor/live-feed.ts";
import type { LiveSeen } from "../../renderer/monitor/live-feed.ts";
import type { LiveRead } from "../../shared/monitor/live.ts";
import { thinned } from "../../shared/monitor/thin.ts";
import { noAzure, noNetworkTest } from "./no-azure.ts";
import { steppedClock } from "./stepped-clock.ts";
import type { SteppedClock } from "./stepped-clock.ts";

export interface WatchedHour {
  readonly heapAt5: number;
  readonly heapAt60: number;
  readonly readings: number;
  /** Mean ms of one reading of a watched server, and of one of everything on it. */
  readonly liveMs: number;
  readonly everythingMs: number;
}

export interface HourOptions {
  readonly servers: readonly ServerFacts[];
  readonly caFile: string;
  /** How long it is watched, by the application's clock: 60. */
  readonly minutes: number;
  /** Bytes of the heap after a collection. */
  readonly heap: () => number;
  readonly dataDir: string;
}

const early = 5;
const estateEverySeconds = 5;
const timed = 50;

export async function watchHour(options: HourOptions): Promise<WatchedHour> {
  // Time goes on when both servers have answered: every second of the hour has its readings, however slow the machine is.
  const clock = steppedClock(Date.now());
  let feed = noEstate;
  let histories: Histories = {};
  let readings = 0;
  let onSecond: () => void = () => undefined;
  const seen = new Map<string, LiveSeen>();
  const onLive = (read: LiveRead) => {
    readings += 1;
    if (readings % 2 === 0) onSecond();
    const before = seen.get(read.connectionId)?.answered;
    const answered = read.answer.kind === "read" ? read : before;
    seen.set(read.connectionId, { newest: read, answered });
    const link = onlyLink(feed);
    const picture = link && linkPicture(withLive(feed, [...seen.values()]), link);
    if (picture === undefined) return;
    histories = historiesAfter(histories, [picture]);
    thinned(histories[historyKey(picture)]?.samples ?? [], 400);
  };
  const services = createServices({
    host: { kind: "chromium", notify: () => undefined, closeWindow: () => undefined },
    tell: createTell(({ name, payload }) => {
      // The payload belongs to the name beside it.
      if (name === "live") onLive(structuredClone(payload) as LiveRead);
    }),
    connector: mssqlConnector,
    clock,
    livePace: clock,
    settings: defaultRunSettings,
    azure: noAzure(),
    networkTest: noNetworkTest,
    practice: { authorityPem: readFileSync(options.caFile, "utf8") },
    clientId: undefined,
    onPainted: () => undefined,
    dataDir: options.dataDir,
  });
  const handlers = createHandlers(services);
  const { signal } = new AbortController();
  try {
    const connectionIds: string[] = [];
    for (const server of options.servers.slice(0, 2)) {
      const { connectionId } = await services.connections.open(openInput(server, services), signal);
      connectionIds.push(connectionId);
    }
    const readAll = async () => {
      const value = await handlers["estate.read"]({}, { signal });
      feed = feedAfter(feed, { ok: true, value });
    };
    await readAll();
    let heapAt5 = 0;
    for (let second = 0; second < options.minutes * 60; second++) {
      const both = new Promise<void>((resolve) => (onSecond = resolve));
      if (second === 0) await handlers["live.watch"]({ connectionIds }, { signal });
      else passSecond(clock);
      await both;
      if (second % estateEverySeconds === 0) await readAll();
      if (second === early * 60) heapAt5 = options.heap();
    }
    const heapAt60 = options.heap();
    await services.liveWatch.unwatch();
    const sessions = connectionIds.map((id) => services.connections.sessionOf(id));
    const meanMs = async (read: (session: (typeof sessions)[number]) => Promise<unknown>) => {
      const beganMs = performance.now();
      for (let left = timed; left > 0; left--) for (const session of sessions) await read(session);
      return (performance.now() - beganMs) / (timed * sessions.length);
    };
    const liveMs = await meanMs((session) => readGateSide(session, clock));
    const everythingMs = await meanMs((session) => readSide(session, clock));
    return { heapAt5, heapAt60, readings, liveMs, everythingMs };
  } finally {
    await services.end();
  }
}

function passSecond(clock: SteppedClock): void {
  const untilMs = clock.nowMs() + 1_000;
  while (clock.nowMs() < untilMs) clock.pass(untilMs - clock.nowMs());
}

function openInput(server: ServerFacts, services: ReturnType<typeof createServices>) {
  return {
    side: server.kind === "sqlServer" ? "box" : "instance",
    server: `${server.host},${String(server.port)}`,
    usePublicEndpoint: false,
    encrypt: "mandatory",
    authentication: {
      kind: "sqlLogin",
      login: server.login,
      secretId: services.secrets.keep(server.password),
    },
    trustedFingerprint: null,
    environment: "practice",
  } as const;
}
