// The way to Azure Resource Manager for one tenant: the pipeline of Microsoft's SDK, never retried, every answer parsed.
import type { SqlManagementClient } from "@azure/arm-sql";
import type { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromArmError } from "../../shared/errors/azure-errors.ts";
import type { ArmPage } from "../../shared/estate/from-arm.ts";
import { armPage } from "../../shared/estate/from-arm.ts";
import type { ArmAnswer } from "./arm-answer.ts";
import { refusalIn } from "./arm-answer.ts";
import { answerLost, armFailure } from "./arm-failure.ts";
import type { ArmRequest, ArmWiring } from "./arm-wire.ts";
import { makeClient, noSubscription, sendOn } from "./arm-wire.ts";
import type { Session } from "./session.ts";
import { changeTimeoutMs } from "./time-limits.ts";
import { transportForChange } from "./transport.ts";

export type { ArmWiring } from "./arm-wire.ts";

/** What is asked, for the sentence of a refusal: the thing, and the action of role-based access that it takes. */
export interface Subject {
  readonly what: string;
  readonly action: string;
}

export interface Question extends Subject {
  readonly signal: AbortSignal;
}

/** `path` begins with a slash, or is an address on ARM's own host. Every call throws AppError, or the signal's reason. */
export interface ArmPipeline {
  get<T>(path: string, schema: z.ZodType<T>, question: Question): Promise<T>;
  post<T>(path: string, body: object, schema: z.ZodType<T>, question: Question): Promise<T>;
  /** Every page. */
  list<T>(path: string, item: z.ZodType<T>, question: Question): Promise<readonly T[]>;
  /** The answer to a GET as it came, a refusal too. Throws where none came. */
  ask(path: string, question: Question): Promise<ArmAnswer>;
  /**
   * Sends a changing request once, and hands on what was answered, a refusal too. Throws AppError: class `ambiguous` where it
   * may have been taken, any other where it did not leave. (A 401 that names claims comes before ARM looks at the request; the
   * SDK answers it with another token.)
   */
  change(request: ArmRequest, subject: Subject): Promise<ArmAnswer>;
  /** Uses the SDK's client of a subscription, where its models cover what is asked. */
  withClient<T>(
    subscriptionId: string,
    use: (client: SqlManagementClient) => Promise<T>,
    question: Question,
  ): Promise<T>;
}

/** A list longer than this is a server that never ends. */
const mostPages = 500;

export function createArmPipeline(
  session: Session,
  tenantId: string,
  wiring: ArmWiring,
): ArmPipeline {
  const { cloud, transport } = wiring;
  const { host } = new URL(cloud.armEndpoint);
  const clients = new Map<string, Promise<SqlManagementClient>>();
  const clientOf = (subscriptionId: string) => {
    const made =
      clients.get(subscriptionId) ?? makeClient(session, tenantId, wiring, subscriptionId);
    clients.set(subscriptionId, made);
    return made;
  };
  const guarded = async <T>(question: Question, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      question.signal.throwIfAborted();
      throw armFailure(error, { ...question, host });
    }
  };
  const answerTo = (request: ArmRequest, question: Question): Promise<ArmAnswer> =>
    guarded(question, async () => {
      const { signal } = question;
      return sendOn(await clientOf(noSubscription), cloud, request, { signal });
    });
  const read = async <T>(
    request: ArmRequest,
    schema: z.ZodType<T>,
    question: Question,
  ): Promise<T> => understood(schema, await answerTo(request, question), question);
  return {
    get: (path, schema, question) => read({ method: "GET", path }, schema, question),
    post: (path, body, schema, question) => read({ method: "POST", path, body }, schema, question),
    async list<T>(path: string, item: z.ZodType<T>, question: Question): Promise<readonly T[]> {
      const found: T[] = [];
      let next: string | undefined = path;
      for (let page = 0; next !== undefined; page++) {
        if (page === mostPages) throw notUnderstood(question, "The list does not end.");
        const answer: ArmPage<T> = await read(
          { method: "GET", path: next },
          armPage(item),
          question,
        );
        found.push(...answer.value);
        next = answer.nextLink;
      }
      return found;
    },
    ask: (path, question) => answerTo({ method: "GET", path }, question),
    async change(request, subject) {
      const once = { cloud, transport: transportForChange(transport) };
      const client = await makeClient(session, tenantId, once, noSubscription);
      try {
        const options = { timeoutMs: changeTimeoutMs, isFreshConnection: true };
        return await sendOn(client, cloud, request, { options });
      } catch (error) {
        throw answerLost(error, { ...subject, host });
      }
    },
    withClient: (subscriptionId, use, question) =>
      guarded(question, async () => use(await clientOf(subscriptionId))),
  };
}

/** The answer's body as it was meant. Throws AppError for a refusal, and for another shape. */
export function understood<T>(schema: z.ZodType<T>, answer: ArmAnswer, subject: Subject): T {
  const { what, action } = subject;
  if (answer.status >= 400) {
    throw new AppError(problemFromArmError(refusalIn(answer), what, action));
  }
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notUnderstood(subject, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function notUnderstood({ what }: Subject, detail: string): AppError {
  return new AppError({
    code: "armAnswerNotUnderstood",
    class: "block",
    summary: `What Azure answered about ${what} is not what this version understands.`,
    detail,
    remedy: "Try again; if it stays, look in the Azure portal.",
  });
}
