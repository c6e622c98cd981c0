// One client from its first byte to its last: PRELOGIN, LOGIN7, requests, attention, faults.
import type { Socket } from "node:net";
import type { Backend } from "./backend.ts";
import { answerLogin } from "./login-answer.ts";
import { readLogin7 } from "./login7.ts";
import type { Login7 } from "./login7.ts";
import { beginExchange } from "./ntlm/exchange.ts";
import type { NtlmExchange } from "./ntlm/exchange.ts";
import { defaultPacketBytes, packetReader, packetType } from "./packets.ts";
import type { Message } from "./packets.ts";
import { negotiateEncryption, readPrelogin, writePrelogin } from "./prelogin.ts";
import type { EncryptionPlan } from "./prelogin.ts";
import { responseStream } from "./response-stream.ts";
import type { PacketSink } from "./response-stream.ts";
import { createSession } from "./session.ts";
import type { Session } from "./session.ts";
import { isServed } from "./tds-version.ts";
import { done, doneCommand, doneStatus, doneToken, sspi } from "./tokens.ts";
import { createTransport } from "./transport.ts";
import type { SecureContexts } from "./transport.ts";
import { WireError } from "./wire-reader.ts";

/** `receiving` and `sending` are asked at every piece of what passes, the others once the server has read that message. */
export type FaultPhase = "receiving" | "prelogin" | "login" | "request" | "sending";

/**
 * `drop` closes the connection; `hang` leaves it open, as behind a dead router: nothing is heard from the client any
 * more, not even that it gives up or goes away, and nothing is said to it. What it had begun runs to its end.
 */
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
  /** "SPNEGO Negotiation" of [MS-TDS] 3.3.5: the client answers the challenge of NTLM. */
  | { readonly kind: "sspi"; readonly login7: Login7; readonly exchange: NtlmExchange }
  | { readonly kind: "ready"; readonly session: Session }
  /** Routed, refused or struck by a fault: nothing is answered any more. */
  | { readonly kind: "silent" };

export interface Connection {
  /** Resolves when the client has gone, its last request has ended and the backend has been told. Never rejects. */
  readonly gone: Promise<void>;
  /** Of the session logged in; undefined before. */
  readonly sessionId: () => number | undefined;
  /** Lets a fault strike now; `drop` cancels what runs. */
  readonly strike: (what: "drop" | "hang") => void;
}

export function serveConnection(socket: Socket, options: ConnectionOptions): Connection {
  const { backend, contexts, encryption, fault } = options;
  let phase: Phase = { kind: "prelogin" };
  let queue: Promise<void> = Promise.resolve();
  let session: Session | undefined;
  let running: AbortController | undefined;
  let attentionWaits = false;
  /** `dead`: open as far as the client knows, and nothing passes any more; `cut`: closed by a fault. */
  let line: "open" | "dead" | "cut" = "open";

  const enqueue = (work: () => void | Promise<void>): void => {
    queue = queue.then(work).catch(() => {
      transport.destroy();
    });
  };
  const send = (tokens: Buffer, packetBytes = defaultPacketBytes): void => {
    const stream = responseStream(sink, packetBytes, session?.session.sessionId ?? 0);
    stream.write(tokens);
    stream.end();
  };
  /** Closes the connection behind what was sent, unless nobody hears of it. */
  const hangUp = (): void => {
    if (line !== "dead") transport.end();
  };
  const sendDone = (status: number): void => {
    send(done({ token: doneToken.done, status, command: doneCommand.none, rowCount: 0 }));
  };
  const strike = (what: "drop" | "hang"): void => {
    phase = { kind: "silent" };
    if (line === "cut") return;
    line = what === "drop" ? "cut" : "dead";
    if (line === "dead") return;
    // A client that went away on a dead line left its request running.
    if (socket.destroyed) running?.abort();
    else transport.destroy();
  };
  const strikes = (at: FaultPhase): boolean => {
    const what = line === "dead" ? "hang" : fault(at);
    if (what !== "none") strike(what);
    return what !== "none";
  };
  const sink: PacketSink = {
    send: (packet) => strikes("sending") || transport.send(packet),
    drained: () => transport.drained(),
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
    const { credential } = login7;
    const exchange =
      credential.kind === "sspi" && backend.windows !== undefined
        ? beginExchange(credential.data, backend.windows)
        : undefined;
    if (exchange === undefined) return settle(login7);
    phase = { kind: "sspi", login7, exchange };
    send(sspi(exchange.challenge));
  };

  /** The SSPI message of [MS-TDS] 2.2.6.8. One that is no answer to the challenge leaves the login without a proof. */
  const authenticate = (body: Buffer, login7: Login7, exchange: NtlmExchange): Promise<void> => {
    const proof = exchange.finish(body);
    return settle(
      proof === undefined ? login7 : { ...login7, credential: { kind: "windows", proof } },
    );
  };

  const settle = async (login7: Login7): Promise<void> => {
    const outcome = await answerLogin(backend, login7, transport.isEncrypted());
    if (outcome.kind !== "accepted") {
      phase = { kind: "silent" };
      send(outcome.tokens);
      if (outcome.kind === "refused") hangUp();
      return;
    }
    const { packetBytes } = outcome;
    session = createSession({
      backend,
      session: outcome.session,
      sink,
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
    if (outcome === "fatal") hangUp();
  };

  const handle = async (message: Message): Promise<void> => {
    if (phase.kind === "silent") return;
    if (phase.kind === "ready") await request(message, phase.session);
    else if (phase.kind === "prelogin" && message.type === packetType.prelogin)
      prelogin(message.body);
    else if (phase.kind === "login" && message.type === packetType.login7)
      await login(message.body, phase.plan);
    else if (phase.kind === "sspi" && message.type === packetType.sspi)
      await authenticate(message.body, phase.login7, phase.exchange);
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
      strikes("receiving");
      if (line !== "dead") running?.abort();
      phase = { kind: "silent" };
      enqueue(() => {
        if (session !== undefined) backend.closed(session.session);
      });
      enqueue(resolve);
    });
  });
  const transport = createTransport(socket, contexts, {
    hears: () => !strikes("receiving"),
    onData: packetReader(onMessage),
  });
  return { gone, strike, sessionId: () => session?.session.sessionId };
}
