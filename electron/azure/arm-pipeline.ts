// The way to Azure Resource Manager for one tenant: the pipeline of Microsoft's SDK, never retried, every answer parsed.
import type { SqlManagementClient } from "@azure/arm-sql";
import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import type { ArmPage } from "../../shared/estate/from-arm.ts";
import { armError, armPage } from "../../shared/estate/from-arm.ts";
import { armFailure } from "./arm-failure.ts";
import type { Cloud } from "./clouds.ts";
import type { Session } from "./session.ts";
import { answerTimeoutMs, pipelineOptions } from "./transport.ts";
import type { Transport } from "./transport.ts";

/** What is asked, for the sentence of a refusal: the thing, and the action of role-based access that it takes. */
export interface Question {
  readonly what: string;
  readonly action: string;
  readonly signal: AbortSignal;
}

/** `path` begins with a slash, or is an address on ARM's own host. Every call throws AppError, or the signal's reason. */
export interface ArmPipeline {
  get<T>(path: string, schema: z.ZodType<T>, question: Question): Promise<T>;
  post<T>(path: string, body: object, schema: z.ZodType<T>, question: Question): Promise<T>;
  /** Every page. */
  list<T>(path: string, item: z.ZodType<T>, question: Question): Promise<readonly T[]>;
  /** Uses the SDK's client of a subscription, where its models cover what is asked. */
  withClient<T>(
    subscriptionId: string,
    use: (client: SqlManagementClient) => Promise<T>,
    question: Question,
  ): Promise<T>;
}

export interface ArmWiring {
  readonly cloud: Cloud;
  readonly transport: Transport;
}

interface Request {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
}

/** A list longer than this is a server that never ends. */
const mostPages = 500;
/** Requests name their subscription in the path; the SDK's client wants one all the same. */
const noSubscription = "00000000-0000-0000-0000-000000000000";

export function createArmPipeline(
  session: Session,
  tenantId: string,
  wiring: ArmWiring,
): ArmPipeline {
  const { cloud } = wiring;
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
      throw armFailure(error, { ...question, host: new URL(cloud.armEndpoint).host });
    }
  };
  const send = <T>(request: Request, schema: z.ZodType<T>, question: Question): Promise<T> =>
    guarded(question, async () => {
      const answer = await sendOn(await clientOf(noSubscription), cloud, request, question.signal);
      return understood(schema, answer, question);
    });
  return {
    get: (path, schema, question) => send({ method: "GET", path }, schema, question),
    post: (path, body, schema, question) => send({ method: "POST", path, body }, schema, question),
    async list<T>(path: string, item: z.ZodType<T>, question: Question): Promise<readonly T[]> {
      const found: T[] = [];
      let next: string | undefined = path;
      for (let page = 0; next !== undefined; page++) {
        if (page === mostPages) throw notUnderstood(question, "The list does not end.");
        const answer: ArmPage<T> = await send(
          { method: "GET", path: next },
          armPage(item),
          question,
        );
        found.push(...answer.value);
        next = answer.nextLink;
      }
      return found;
    },
    withClient: (subscriptionId, use, question) =>
      guarded(question, async () => use(await clientOf(subscriptionId))),
  };
}

/** Loaded when the first request is made: the SDK is large. */
async function makeClient(
  session: Session,
  tenantId: string,
  { cloud, transport }: ArmWiring,
  subscriptionId: string,
): Promise<SqlManagementClient> {
  const { SqlManagementClient } = await import("@azure/arm-sql");
  const authorityPem = cloud.practice?.authorityPem;
  const credential = {
    async getToken(_scopes: string | string[], options?: { readonly claims?: string }) {
      const claims = options?.claims;
      const { token } = await session.token({ audience: "arm", tenantId, claims });
      // The session keeps tokens. One with an end would be renewed by the SDK beside the request, and where that fails nobody
      // hears of it but the process, which ends.
      return { token, expiresOnTimestamp: 0 };
    },
  };
  return new SqlManagementClient(credential, subscriptionId, {
    endpoint: cloud.armEndpoint,
    credentialScopes: cloud.armScope,
    ...pipelineOptions(
      authorityPem === undefined ? transport : { kind: "node", caCertificatePem: authorityPem },
    ),
  });
}

async function sendOn(
  client: SqlManagementClient,
  { armEndpoint }: Cloud,
  { method, path, body }: Request,
  signal: AbortSignal,
): Promise<PipelineResponse> {
  const sdk = await import("@azure/core-rest-pipeline");
  const url = new URL(path, armEndpoint);
  // A page's link comes from an answer; the token goes to nobody else than ARM.
  if (url.origin !== new URL(armEndpoint).origin) throw new Error("The address is not Azure's.");
  const answer = await client.sendRequest(
    sdk.createPipelineRequest({
      method,
      url: url.href,
      headers: sdk.createHttpHeaders({
        accept: "application/json",
        "content-type": "application/json; charset=utf-8",
      }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      abortSignal: signal,
      timeout: answerTimeoutMs,
    }),
  );
  if (answer.status < 400) return answer;
  const { code, message } = armError.safeParse(jsonOf(answer)).data?.error ?? {};
  throw new sdk.RestError(message ?? `Azure answered with status ${answer.status}.`, {
    ...(code === undefined ? {} : { code }),
    statusCode: answer.status,
    response: answer,
  });
}

function understood<T>(schema: z.ZodType<T>, answer: PipelineResponse, question: Question): T {
  const parsed = schema.safeParse(jsonOf(answer));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notUnderstood(question, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function jsonOf({ bodyAsText }: PipelineResponse): unknown {
  try {
    return JSON.parse(bodyAsText ?? "");
  } catch {
    return undefined;
  }
}

function notUnderstood({ what }: Question, detail: string): AppError {
  return new AppError({
    code: "armAnswerNotUnderstood",
    class: "block",
    summary: `What Azure answered about ${what} is not what this version understands.`,
    detail,
    remedy: "Try again; if it stays, look in the Azure portal.",
  });
}
