// Serves the contract to a page: who asks, what they ask, and one answer for each; nothing is ever thrown across.
import { z } from "zod";
import type { Answer, RequestName, RequestOutput } from "../../shared/ipc.ts";
import { requests } from "../../shared/ipc.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { isLightData } from "./input-weight.ts";
import {
  cancelled,
  defect,
  inputRefused,
  notOurPage,
  requestIdInUse,
  tooLarge,
  unknownRequest,
} from "./refusals.ts";

export interface Call {
  /** Aborts when the page cancels the request. */
  readonly signal: AbortSignal;
}

/** What a handler is given: the input after the contract's own parser. */
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]>;

/** A request of our page that was refused, with what it asked. */
export interface Refused {
  readonly request: RequestName;
  readonly input: unknown;
  readonly problem: Problem;
}

export type Handlers = {
  readonly [N in RequestName]: (
    input: ParsedInput<N>,
    call: Call,
  ) => RequestOutput<N> | Promise<RequestOutput<N>>;
};

/** How the host carries messages; `Sender` is whatever it knows of the page and frame that sent one. */
export interface Transport<Sender> {
  /** Hands every message to `answer`, from whomever it comes, and sends back what that resolves with; it never rejects. */
  onRequest(answer: (message: unknown, sender: Sender) => Promise<Answer<unknown>>): void;
  onCancel(cancel: (requestId: unknown, sender: Sender) => void): void;
  /** Our window, its main frame, our page. */
  isAllowed(sender: Sender): boolean;
}

/** A request as it crosses. `requestId` names it for a later cancel, while it is under way. */
const envelope = z.strictObject({
  name: z.string().max(64),
  input: z.unknown(),
  requestId: z.string().min(1).max(64).optional(),
});

/** UTF-16 units that a request may weigh. */
const mostUnits = 64 * 1024;
/** `file.save` holds a whole report: its parser's 20 000 000 characters and the path. */
const mostUnitsOfSave = 20_100_000;

/** `onRefused`: told of each request of our page that was refused. */
export function serve<Sender>(
  handlers: Handlers,
  transport: Transport<Sender>,
  onRefused: (refused: Refused) => void = () => undefined,
): void {
  const underWay = new Map<string, AbortController>();
  transport.onRequest(async (message, sender) => {
    if (!transport.isAllowed(sender)) return refused(notOurPage());
    const asked = parseEnvelope(message);
    if ("refusal" in asked) return asked.refusal;
    const { name, input, requestId } = asked;
    if (requestId !== undefined && underWay.has(requestId)) return refused(requestIdInUse(name));
    const abort = new AbortController();
    if (requestId !== undefined) underWay.set(requestId, abort);
    try {
      const answer = await answerTo(handlers, name, input, abort.signal);
      if (!answer.ok) onRefused({ request: name, input, problem: answer.error });
      return answer;
    } finally {
      if (requestId !== undefined) underWay.delete(requestId);
    }
  });
  transport.onCancel((requestId, sender) => {
    if (!transport.isAllowed(sender) || typeof requestId !== "string") return;
    underWay.get(requestId)?.abort(new AppError(cancelled()));
  });
}

interface Asked {
  readonly name: RequestName;
  readonly input: unknown;
  readonly requestId: string | undefined;
}

function parseEnvelope(message: unknown): Asked | { readonly refusal: Answer<never> } {
  if (!isLightData(message, mostUnitsOfSave)) return { refusal: refused(tooLarge("A request")) };
  const parsed = envelope.safeParse(message);
  if (!parsed.success) return { refusal: refused(inputRefused("request", parsed.error)) };
  const { name, input, requestId } = parsed.data;
  if (!isRequestName(name)) return { refusal: refused(unknownRequest(name)) };
  const most = name === "file.save" ? mostUnitsOfSave : mostUnits;
  if (!isLightData(input, most)) return { refusal: refused(tooLarge(name)) };
  return { name, input, requestId };
}

/** Own properties only: `constructor` is no request. */
function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

async function answerTo<N extends RequestName>(
  handlers: Handlers,
  name: N,
  input: unknown,
  signal: AbortSignal,
): Promise<Answer<RequestOutput<N>>> {
  const parsed = requests[name].safeParse(input);
  if (!parsed.success) return refused(inputRefused(name, parsed.error));
  try {
    // The schema of that very name has parsed it; a generic index loses which of the union it is.
    const value = await handlers[name](parsed.data as ParsedInput<N>, { signal });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof AppError) return refused(error.problem);
    return refused(signal.aborted ? cancelled() : defect(name, error));
  }
}

function refused(error: AppError["problem"]): Extract<Answer<never>, { readonly ok: false }> {
  return { ok: false, error };
}
