// The contract as a page meets it, over the real services and a transport that copies every message as a host would.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PracticeEstate } from "../../practice/estate.ts";
import { createHandlers } from "../../electron/ipc/handlers.ts";
import { serve } from "../../electron/ipc/serve.ts";
import type { Notice } from "../../shared/run/notice.ts";
import type { EventMessage } from "../../electron/ipc/tell.ts";
import { createTell } from "../../electron/ipc/tell.ts";
import { realClock } from "../../electron/run/clock.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import { createServices } from "../../electron/services/create-services.ts";
import type { Services, ServicesOptions } from "../../electron/services/create-services.ts";
import { connector } from "../../electron/sql/connector.ts";
import { defaultChoices } from "../../shared/choices/choices.ts";
import type { PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import { estateOf } from "../../shared/estate/servers.ts";
import type {
  Answer,
  Api,
  ConnectionFacts,
  EventName,
  Events,
  RequestInput,
  RequestName,
  RequestOutput,
} from "../../shared/ipc.ts";
import { noAzure, noNetworkTest } from "./no-azure.ts";

export interface InProcessWindow extends Api {
  /** Any message at all, from a sender that is allowed or not. */
  send(message: unknown, sender?: "ours" | "stranger"): Promise<Answer<unknown>>;
  /** The value of an answer. Throws an Error with the problem's sentence for another one. */
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>;
  /** Resolves with the first event of that name, from now on, that fits. */
  next<N extends EventName>(name: N, fits?: (payload: Events[N]) => boolean): Promise<Events[N]>;
  readonly services: Services;
  readonly dataDir: string;
  readonly told: readonly EventMessage[];
  /** What the system was asked to tell. */
  readonly notices: readonly Notice[];
  /** How often the host was asked to close its window. */
  closed(): number;
}

export function inProcessWindow(options: Partial<ServicesOptions> = {}): InProcessWindow {
  const listeners = new Set<(message: EventMessage) => void>();
  const told: EventMessage[] = [];
  const notices: Notice[] = [];
  let closed = 0;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "mi-link-window-"));
  const services = createServices({
    host: {
      kind: "chromium",
      notify: (notice) => void notices.push(notice),
      closeWindow: () => (closed += 1),
    },
    tell: createTell((message) => {
      const copy = structuredClone(message);
      told.push(copy);
      for (const listener of [...listeners]) listener(copy);
    }),
    connector,
    clock: realClock,
    settings: defaultRunSettings,
    azure: noAzure(),
    networkTest: noNetworkTest,
    practice: undefined,
    clientId: undefined,
    onPainted: () => undefined,
    ...options,
    dataDir,
  });
  let answerTo: (message: unknown, sender: string) => Promise<Answer<unknown>>;
  let cancelIn: (requestId: unknown, sender: string) => void;
  serve<string>(createHandlers(services), {
    onRequest(answer) {
      answerTo = answer;
    },
    onCancel(cancel) {
      cancelIn = cancel;
    },
    isAllowed: (sender) => sender === "ours",
  });
  const on = <N extends EventName>(name: N, listener: (payload: Events[N]) => void) => {
    const listen = (message: EventMessage) => {
      // The payload belongs to the name beside it.
      if (message.name === name) listener(message.payload as Events[N]);
    };
    listeners.add(listen);
    return () => void listeners.delete(listen);
  };
  const window: InProcessWindow = {
    send: async (message, sender = "ours") => structuredClone(await answerTo(message, sender)),
    // The handler of that very name has answered.
    invoke: async <N extends RequestName>(name: N, input: RequestInput<N>, requestId?: string) =>
      (await window.send({
        name,
        input,
        ...(requestId === undefined ? {} : { requestId }),
      })) as Answer<RequestOutput<N>>,
    cancel(requestId) {
      cancelIn(requestId, "ours");
    },
    on,
    async ask(name, input) {
      const answer = await window.invoke(name, input);
      if (answer.ok) return answer.value;
      throw new Error(`${answer.error.code}: ${answer.error.summary} ${answer.error.detail ?? ""}`);
    },
    next: (name, fits = () => true) =>
      new Promise((resolve) => {
        const off = on(name, (payload) => {
          if (!fits(payload)) return;
          off();
          resolve(payload);
        });
      }),
    services,
    dataDir,
    notices,
    told,
    closed: () => closed,
  };
  return window;
}

/** A window that was started for this estate. */
export function practiceWindow(
  estate: PracticeEstate,
  options: Partial<ServicesOptions> = {},
): InProcessWindow {
  const practice = { authorityPem: readFileSync(estate.caFile, "utf8") };
  return inProcessWindow({ practice, ...options });
}

/** What an operator types to connect one side, with the password kept first. */
export async function openInput(
  window: InProcessWindow,
  estate: PracticeEstate,
  side: Side,
): Promise<RequestInput<"connection.open">> {
  const kind = side === "box" ? "sqlServer" : "managedInstance";
  const server = estate.servers.find((one) => one.kind === kind);
  if (server === undefined) throw new Error(`The estate has no ${kind}.`);
  const { secretId } = await window.ask("secret.keep", { secret: server.password });
  return {
    side,
    server: `${server.host},${String(server.port)}`,
    usePublicEndpoint: false,
    encrypt: "mandatory",
    authentication: { kind: "sqlLogin", login: server.login, secretId },
    trustedFingerprint: null,
    environment: "practice",
  };
}

/** Ends the window behind `act`, whatever happens. */
export async function within(
  window: InProcessWindow,
  act: (window: InProcessWindow) => Promise<void>,
): Promise<void> {
  try {
    await act(window);
  } finally {
    await window.services.end();
  }
}

/** The code of a refusal; "ok" for an answer. */
export function codeOf(answer: Answer<unknown>): string {
  return answer.ok ? "ok" : answer.error.code;
}

/** SQL Server's Windows account and its password. */
export function practiceAccount(estate: PracticeEstate) {
  const account = estate.servers.find(({ kind }) => kind === "sqlServer")?.windows;
  if (account === undefined) throw new Error("The estate's SQL Server has no Windows account.");
  return account;
}

export async function connectBoth(
  window: InProcessWindow,
  estate: PracticeEstate,
): Promise<Readonly<Record<Side, ConnectionFacts>>> {
  const connect = async (side: Side) =>
    window.ask("connection.open", await openInput(window, estate, side));
  return { box: await connect("box"), instance: await connect("instance") };
}

/** The first connected server of each side. */
export async function pairIn(window: InProcessWindow): Promise<Pair> {
  const connections = await window.ask("connection.list", {});
  const first = (side: Side) => connections.find((one) => one.side === side)?.connectionId ?? null;
  return { box: first("box"), instance: first("instance") };
}

/** What is read of those two. */
export async function readBoth(window: InProcessWindow): Promise<Estate> {
  return estateOf(await window.ask("estate.read", {}), await pairIn(window));
}

/** Choices of the wizard's default answers for the estate's only link. */
export async function choicesFor(window: InProcessWindow): Promise<PlannedFailoverChoices> {
  const estate = await readBoth(window);
  const groups = estate.box.kind === "seen" ? estate.box.facts.groups : undefined;
  const link =
    groups?.kind === "seen" ? groups.value.find((group) => group.isDistributed) : undefined;
  if (link === undefined) throw new Error("The estate has no link.");
  return {
    ...defaultChoices,
    linkName: link.name,
    to: "instance",
  };
}
