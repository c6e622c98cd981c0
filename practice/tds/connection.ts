// One client from its first byte to its last: PRELOGIN, LOGIN7, requests, attention, faults.
import type { Socket } from "node:net";
import type { Backend } from "./backend.ts";
import { answerLogin } from "./login-answer.ts";
import { readLogin7 } from "./login7.ts";
import { defaultPacketBytes, packetReader, packetType } from "./packets.ts";
import type { Message } from "./packets.ts";
import { negotiateEncryption, readPrelogin, writePrelogin } from "./prelogin.ts";
import type { EncryptionPlan } from "./prelogin.ts";
import { responseStream } from "./response-stream.ts";
import { createSession } from "./session.ts";
import type { Session } from "./session.ts";
import { isServed } from "./tds-version.ts";
import { done, doneCommand, doneStatus, doneToken } from "./tokens.ts";
import { createTransport } from "./transport.ts";
import type { SecureContexts } from "./transport.ts";
import { WireError } from "./wire-reader.ts";

export type FaultPhase = "prelogin" | "login" | "request";

/** `drop` closes the connection; `hang` leaves it open and never answers it again, as behind a dead router. */
export type Fault = "drop" | "hang" | "none";

export interface ConnectionOptions {
  readonly backend: Backend;
  readonly contexts: SecureContexts;
  readonly encryption: "optional" | "required";
  readonly fault: (phase: FaultPhase) => Fault;
}

type Phase =
  | { readonly kind: "prelogin" }
  | { readonly kind: "login"; readonly plan: EncryptionPlan }
  | { readonly kind: "ready"; readonly session: Session }
  /** Routed, refused or struck by a fault: nothing is answered any more. */
  | { readonly kind: "silent" };

/** Resolves when the client has gone and the backend has been told. Never rejects. */
export function serveConnection(socket: Socket, options: ConnectionOptions): Promise<void> {
  const { backend, contexts, encryption, fault } = options;
  let phase: Phase = { kind: "prelogin" };
  let queue: Promise<void> = Promise.resolve();
  let session: Session | undefined;
  let running: AbortController | undefined;
  let attentionWaits = false;

  const enqueue = (work: () => void | Promise<void>): void => {
    queue = queue.then(work).catch(() => {
      transport.destroy();
    });
  };
  const send = (tokens: Buffer, packetBytes = defaultPacketBytes): void => {
    const stream = responseStream(transport, packetBytes, session?.session.sessionId ?? 0);
    stream.write(tokens);
    stream.end();
  };
  const sendDone = (status: number): void => {
    send(done({ token: doneToken.done, status, command: doneCommand.none, rowCount: 0 }));
  };
  const strikes = (at: FaultPhase): boolean => {
    const what = fault(at);
    if (what === "none") return false;
    phase = { kind: "silent" };
    if (what === "drop") transport.destroy();
    return true;
  };

  const prelogin = (body: Buffer): void => {
    const asked = readPrelogin(body);
    if (strikes("prelogin")) return;
    const { plan, answer } = transport.isStrict()
      ? { plan: "none" as const, answer: asked.encryption }
      : negotiateEncryption(asked.encryption, encryption);
    send(
      writePrelogin({ version: backend.version, encryption: answer, fedAuth: asked.asksFedAuth }),
    );
    phase = { kind: "login", plan };
    if (plan === "full" || plan === "loginOnly") transport.startTls();
  };

  const login = async (body: Buffer, plan: EncryptionPlan): Promise<void> => {
    const login7 = readLogin7(body);
    if (plan === "refused" || !isServed(login7.tdsVersion)) {
      throw new WireError("a login without encryption, or of a TDS version before 7.2");
    }
    if (plan === "loginOnly") transport.stopTls();
    if (strikes("login")) return;
    const outcome = await answerLogin(backend, login7, transport.isEncrypted());
    if (outcome.kind !== "accepted") {
      phase = { kind: "silent" };
      send(outcome.tokens);
      if (outcome.kind === "refused") transport.end();
      return;
    }
    const { packetBytes } = outcome;
    session = createSession({
      backend,
      session: outcome.session,
      sink: transport,
      packetBytes,
      tdsVersion: login7.tdsVersion,
    });
    phase = { kind: "ready", session };
    send(outcome.tokens, packetBytes);
  };

  const request = async (message: Message, to: Session): Promise<void> => {
    if (strikes("request")) return;
    if (message.ignored) {
      sendDone(doneStatus.error);
      return;
    }
    running = new AbortController();
    if (attentionWaits || socket.destroyed) running.abort();
    const outcome = await to.handle(message, running.signal);
    running = undefined;
    if (outcome === "fatal") transport.end();
  };

  const handle = async (message: Message): Promise<void> => {
    if (phase.kind === "silent") return;
    if (phase.kind === "ready") await request(message, phase.session);
    else if (phase.kind === "prelogin" && message.type === packetType.prelogin)
      prelogin(message.body);
    else if (phase.kind === "login" && message.type === packetType.login7)
      await login(message.body, phase.plan);
    else throw new WireError(`a message of type ${message.type} in ${phase.kind}`);
  };

  /** The answer to the request is a message of its own, before this one: clients count both. */
  const acknowledgeAttention = (): void => {
    attentionWaits = false;
    if (phase.kind === "ready") sendDone(doneStatus.attention);
  };

  const onMessage = (message: Message): void => {
    if (message.type !== packetType.attention) {
      enqueue(() => handle(message));
      return;
    }
    attentionWaits = true;
    running?.abort();
    enqueue(acknowledgeAttention);
  };

  const gone = new Promise<void>((resolve) => {
    socket.once("close", () => {
      running?.abort();
      phase = { kind: "silent" };
      enqueue(() => {
        if (session !== undefined) backend.closed(session.session);
      });
      enqueue(resolve);
    });
  });
  const transport = createTransport(socket, contexts, packetReader(onMessage));
  return gone;
}
