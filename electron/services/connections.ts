// The two servers that are connected, at most one for each side of a link.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { ConnectionFacts, RequestInput, RequestOutput } from "../../shared/ipc.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { EstateSources, SideSource } from "../estate/read.ts";
import { addressOf } from "../sql/pool-config.ts";
import { probeCertificate } from "../sql/probe-certificate.ts";
import type { PinnedSession, SqlSession } from "../sql/session.ts";
import { admitEnvironment, targetOf } from "./admission.ts";
import type { OpenInput, Opening, OpenServer } from "./open-server.ts";
import { oneAfterTheOther } from "./one-after-the-other.ts";
import { openServer } from "./open-server.ts";
import type { PracticeProfile } from "./practice-profile.ts";

export interface Connections {
  /** PRELOGIN and TLS alone. */
  probe(
    input: RequestInput<"connection.probe">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"connection.probe">>;
  /** Replaces the side's connection. Throws AppError: each refusal and failure its own sentence. */
  open(input: OpenInput, signal: AbortSignal): Promise<ConnectionFacts>;
  /** One that is not open is no error: it is closed. */
  close(connectionId: string): Promise<void>;
  closeAll(): Promise<void>;
  list(): readonly ConnectionFacts[];
  /** For reading: a side that is not connected is unreachable, and says so. */
  sources(): EstateSources;
  /** Throws AppError `notConnected` for the side that is missing. */
  sessions(): Readonly<Record<Side, SqlSession>>;
  /** Throws AppError `notConnected` while neither side is. */
  environment(): Environment;
  /** A connection of its own to a connected side. */
  openPinned(side: Side): Promise<PinnedSession>;
}

export interface ConnectionsOptions extends Opening {
  readonly practice: PracticeProfile | undefined;
  readonly newId: () => string;
  /** Throws AppError while the connections are somebody's: during a run. */
  readonly refuseChange: () => void;
  readonly onChange: (now: readonly ConnectionFacts[]) => void;
}

interface Connected extends OpenServer {
  readonly facts: ConnectionFacts;
}

const sides: readonly Side[] = ["box", "instance"];

export function createConnections(options: ConnectionsOptions): Connections {
  const { practice, connector, refuseChange, newId } = options;
  const connected = new Map<Side, Connected>();
  // Two changes at once would each decide by what the other is about to replace.
  const turn = oneAfterTheOther();
  const list = () => sides.flatMap((side) => connected.get(side)?.facts ?? []);
  const need = (side: Side): Connected => {
    const found = connected.get(side);
    if (found === undefined) throw new AppError(notConnected(side));
    return found;
  };
  const replace = async (side: Side, next: Connected | undefined): Promise<void> => {
    const before = connected.get(side);
    if (next === undefined) connected.delete(side);
    else connected.set(side, next);
    options.onChange(list());
    await before?.session.close();
  };
  const open = async (input: OpenInput, signal: AbortSignal): Promise<ConnectionFacts> => {
    const other = connected.get(input.side === "box" ? "instance" : "box");
    admitEnvironment(input.environment, other?.facts.environment, practice);
    const opened = await openServer(input, targetOf(input, practice), options, signal);
    const facts = factsOf(newId(), input, opened);
    try {
      refuseChange();
      signal.throwIfAborted();
    } catch (error) {
      await opened.session.close();
      throw error;
    }
    await replace(input.side, { ...opened, facts });
    return facts;
  };
  const closeSide = async (side: Side): Promise<void> => {
    if (connected.has(side)) await replace(side, undefined);
  };
  return {
    async probe(input, signal) {
      const probed = await probeCertificate(targetOf(input, practice), signal);
      return { certificate: probed?.facts ?? null };
    },
    open(input, signal) {
      refuseChange();
      return turn(() => open(input, signal));
    },
    async close(connectionId) {
      const side = list().find((facts) => facts.connectionId === connectionId)?.side;
      if (side === undefined) return;
      refuseChange();
      await turn(() => closeSide(side));
    },
    async closeAll() {
      await turn(() => Promise.all(sides.map(closeSide)));
    },
    list,
    sources: () => ({
      box: sourceOf("box", connected),
      instance: sourceOf("instance", connected),
      azure: options.azure.readForEstate,
    }),
    sessions: () => ({ box: need("box").session, instance: need("instance").session }),
    environment() {
      return (connected.get("box") ?? need("instance")).facts.environment;
    },
    async openPinned(side) {
      const { login, renew } = need(side);
      await renew();
      return connector.connectPinned(login);
    },
  };
}

function sourceOf(side: Side, connected: ReadonlyMap<Side, Connected>): SideSource {
  const found = connected.get(side);
  return found?.session ?? { unreachable: notConnected(side), address: nameOf(side) };
}

function factsOf(connectionId: string, input: OpenInput, opened: OpenServer): ConnectionFacts {
  return {
    connectionId,
    side: input.side,
    address: addressOf(opened.login),
    serverName: opened.serverName,
    login: opened.loginName,
    environment: input.environment,
    encrypted: input.encrypt !== "optional",
  };
}

function notConnected(side: Side): AppError["problem"] {
  return {
    code: "notConnected",
    class: "block",
    summary: `${nameOf(side)} is not connected.`,
    remedy: "Connect to it.",
  };
}

function nameOf(side: Side): string {
  return side === "box" ? "SQL Server" : "The managed instance";
}
