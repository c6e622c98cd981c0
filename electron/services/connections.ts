// The servers that are connected, each by its connection's id, and what any two of them are asked through.
import { createHash } from "node:crypto";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { notConnected, unnamed } from "../../shared/estate/not-connected.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { LayerResult } from "../../shared/connect/layers.ts";
import { hasPassword } from "../../shared/connect/saved-pair.ts";
import type { SavedPair, SavedServer } from "../../shared/connect/saved-pair.ts";
import type { ConnectionFacts, RequestInput, RequestOutput } from "../../shared/ipc.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { AzureSource, EstateSources } from "../estate/read.ts";
import type { ServerSource } from "../estate/read-servers.ts";
import { addressOf } from "../sql/pool-config.ts";
import { probeCertificate } from "../sql/probe-certificate.ts";
import type { PinnedSession, ServerLogin, SqlSession } from "../sql/session.ts";
import { admitEnvironment, admitPair, targetOf } from "./admission.ts";
import type { OpenInput, Opening, OpenServer } from "./open-server.ts";
import { oneAfterTheOther } from "./one-after-the-other.ts";
import { openServer } from "./open-server.ts";
import type { PracticeProfile } from "./practice-profile.ts";
import { testConnection } from "./test-connection.ts";

export interface Connections {
  /** PRELOGIN and TLS alone. */
  probe(
    input: RequestInput<"connection.probe">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"connection.probe">>;
  /** Layer by layer; nothing stays open, and connections are left as they are. */
  test(input: OpenInput, signal: AbortSignal): Promise<readonly LayerResult[]>;
  /** Replaces the connection to that address and side, where there is one. Throws AppError: each refusal and failure its own sentence. */
  open(input: OpenInput, signal: AbortSignal): Promise<ConnectionFacts>;
  /** One that is not open is no error: it is closed. */
  close(connectionId: string): Promise<void>;
  closeAll(): Promise<void>;
  /** SQL Servers first, each side in the order in which they were connected. */
  list(): readonly ConnectionFacts[];
  /** How both were connected to, to be remembered; undefined while one of them is not connected, or of another environment. */
  remembered(pair: Pair): ConnectedPair | undefined;
  /** Every connected server, for reading. */
  servers(): readonly ServerSource[];
  readonly azure: AzureSource;
  /** For reading: a side that is not connected is unreachable, and says so. Throws AppError `environmentsMixed`, like the next three. */
  sources(pair: Pair): EstateSources;
  /** Throws AppError `notConnected` for the side that is missing. */
  sessions(pair: Pair): Readonly<Record<Side, SqlSession>>;
  /** Throws AppError `notConnected` while neither side is. */
  environment(pair: Pair): Environment;
  /** A connection of its own to a connected side. */
  openPinned(pair: Pair, side: Side): Promise<PinnedSession>;
  /** Throws AppError `notConnected` where there is no such connection any more. */
  sessionOf(connectionId: string): SqlSession;
}

export interface ConnectionsOptions extends Opening {
  readonly practice: PracticeProfile | undefined;
  /** Throws AppError while the connections are somebody's: during a run. */
  readonly refuseChange: () => void;
  readonly onChange: (now: readonly ConnectionFacts[]) => void;
  /** One is logged in. Never rejects. */
  readonly onOpened: (input: OpenInput, login: ServerLogin) => Promise<void>;
}

export type ConnectedPair = Pick<SavedPair, "environment" | Side>;

interface Connected extends OpenServer {
  readonly facts: ConnectionFacts;
  readonly saved: SavedServer;
}

type Two = Readonly<Record<Side, Connected | undefined>>;

const sides: readonly Side[] = ["box", "instance"];

export function createConnections(options: ConnectionsOptions): Connections {
  const { practice, connector, refuseChange } = options;
  const connected = new Map<string, Connected>();
  // Two changes at once would each decide by what the other is about to replace.
  const turn = oneAfterTheOther();
  const all = () =>
    sides.flatMap((side) => [...connected.values()].filter(({ facts }) => facts.side === side));
  const list = () => all().map(({ facts }) => facts);
  const replace = async (id: string, next: Connected | undefined): Promise<void> => {
    const before = connected.get(id);
    if (next === undefined) connected.delete(id);
    else connected.set(id, next);
    options.onChange(list());
    await before?.session.close();
  };
  const open = async (input: OpenInput, signal: AbortSignal): Promise<ConnectionFacts> => {
    admitEnvironment(input.environment, practice);
    const opened = await openServer(input, targetOf(input, practice), options, signal);
    const facts = factsOf(input, opened);
    try {
      refuseChange();
      signal.throwIfAborted();
    } catch (error) {
      await opened.session.close();
      throw error;
    }
    await replace(facts.connectionId, { ...opened, facts, saved: savedOf(input, opened) });
    await options.onOpened(input, opened.login);
    return facts;
  };
  const closeOne = async (id: string): Promise<void> => {
    if (connected.has(id)) await replace(id, undefined);
  };
  const of = (pair: Pair): Two => {
    const two = { box: find(connected, pair, "box"), instance: find(connected, pair, "instance") };
    admitPair(two.box?.facts, two.instance?.facts);
    return two;
  };
  return {
    async probe(input, signal) {
      const probed = await probeCertificate(targetOf(input, practice), signal);
      return { certificate: probed?.facts ?? null };
    },
    async test(input, signal) {
      admitEnvironment(input.environment, practice);
      const tested = { input, target: targetOf(input, practice) };
      return testConnection(tested, options, signal);
    },
    open(input, signal) {
      refuseChange();
      return turn(() => open(input, signal));
    },
    async close(connectionId) {
      if (!connected.has(connectionId)) return;
      refuseChange();
      await turn(() => closeOne(connectionId));
    },
    async closeAll() {
      await turn(() => Promise.all([...connected.keys()].map(closeOne)));
    },
    list,
    remembered(pair) {
      const [box, instance] = sides.map((side) => find(connected, pair, side));
      if (box === undefined || instance === undefined) return undefined;
      const { environment } = box.facts;
      if (environment !== instance.facts.environment) return undefined;
      return { environment, box: box.saved, instance: instance.saved };
    },
    servers: () =>
      all().map(({ facts: { connectionId, serverName }, session }) => ({
        connectionId,
        serverName,
        session,
      })),
    azure: options.azure.readForEstate,
    sources(pair) {
      const { box, instance } = of(pair);
      return {
        box: box?.session ?? unreachable("box"),
        instance: instance?.session ?? unreachable("instance"),
        azure: options.azure.readForEstate,
      };
    },
    sessions(pair) {
      const two = of(pair);
      return { box: need(two, "box").session, instance: need(two, "instance").session };
    },
    environment(pair) {
      const two = of(pair);
      return (two.box ?? need(two, "instance")).facts.environment;
    },
    async openPinned(pair, side) {
      const { login, renew } = need(of(pair), side);
      await renew();
      return connector.connectPinned(login);
    },
    sessionOf(connectionId) {
      const found = [...connected.values()].find((one) => one.facts.connectionId === connectionId);
      if (found === undefined) throw new AppError(connectionGone);
      return found.session;
    },
  };
}

function find(
  connected: ReadonlyMap<string, Connected>,
  pair: Pair,
  side: Side,
): Connected | undefined {
  const found = connected.get(pair[side] ?? "");
  return found?.facts.side === side ? found : undefined;
}

function need(two: Two, side: Side): Connected {
  const found = two[side];
  if (found === undefined) throw new AppError(notConnected(side));
  return found;
}

function unreachable(side: Side) {
  return { unreachable: notConnected(side), address: unnamed[side] };
}

/**
 * Made of side and address: who connects to the same server again finds everything where it was. Host names are the same in
 * capitals.
 */
function connectionIdOf(side: Side, address: string): string {
  const digest = createHash("sha256").update(address.toLowerCase()).digest("hex");
  return `${side}-${digest.slice(0, 16)}`;
}

function factsOf(input: OpenInput, opened: OpenServer): ConnectionFacts {
  const address = addressOf(opened.login);
  return {
    connectionId: connectionIdOf(input.side, address),
    side: input.side,
    address,
    serverName: opened.serverName,
    login: opened.loginName,
    environment: input.environment,
    encrypted: input.encrypt !== "optional",
  };
}

const connectionGone: AppError["problem"] = {
  code: "notConnected",
  class: "block",
  summary: "That server is not connected any more.",
  remedy: "Connect to it.",
};

function savedOf(input: OpenInput, { serverName }: OpenServer): SavedServer {
  const { server, usePublicEndpoint, encrypt, authentication, trustedFingerprint } = input;
  return {
    server,
    serverName,
    usePublicEndpoint,
    encrypt,
    authentication: hasPassword(authentication)
      ? { kind: authentication.kind, login: authentication.login }
      : { kind: authentication.kind },
    trustedFingerprint,
  };
}
