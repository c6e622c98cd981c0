// What every command is given: the options, both servers as far as they answer, and the world around the process.
import type { Problem } from "../../shared/errors/app-error.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { defaultChoices, defaultGateSettings } from "../../shared/choices/choices.ts";
import type { CliAzure } from "../azure/azure-for-cli.ts";
import type { EstateSources, SideSource } from "../estate/read.ts";
import type { Clock } from "../run/clock.ts";
import type { PlanRequest } from "../run/make-plan.ts";
import type { RunSettings } from "../run/run-tools.ts";
import { addressOf } from "../sql/pool-config.ts";
import type { Connector, ServerLogin, SqlSession } from "../sql/session.ts";
import type { Options } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** The process around a command; tests hand in their own. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly connector: Connector;
  readonly clock: Clock;
  readonly settings: RunSettings;
  /** Calls back on Ctrl+C from now on, until the signal. */
  readonly onInterrupt: (act: () => void, until: AbortSignal) => void;
  /** Leaves at once, whatever is still open. */
  readonly leave: (code: number) => void;
}

export interface Context extends Surroundings {
  readonly options: Options;
  readonly logins: Readonly<Record<Side, ServerLogin>>;
  readonly sources: EstateSources;
  /** Changes of the link in Azure; undefined where Azure is not asked. */
  readonly azure: CliAzure | undefined;
}

export type Sessions = Readonly<Record<Side, SqlSession>>;

/** Both at once; a side that fails keeps its problem and does not cost the other. */
export async function connectBoth(
  connector: Connector,
  logins: Readonly<Record<Side, ServerLogin>>,
  servers: Options["servers"],
): Promise<Readonly<Record<Side, SideSource>>> {
  const connect = async (login: ServerLogin): Promise<SideSource> => {
    if (servers[login.side].isLeftOut) return { unreachable: leftOut, address: login.host };
    try {
      return await connector.connect(login);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { unreachable: error.problem, address: addressOf(login) };
    }
  };
  const [box, instance] = await Promise.all([connect(logins.box), connect(logins.instance)]);
  return { box, instance };
}

const leftOut: Problem = {
  code: "leftOut",
  class: "info",
  summary: "It was not named.",
  remedy: "Name it where it answers.",
};

/** Both sessions, or the problem of every side that has none. */
export function bothSessions({
  sources,
}: Pick<Context, "sources">): Sessions | { readonly problems: readonly Problem[] } {
  const { box, instance } = sources;
  if (!("unreachable" in box) && !("unreachable" in instance)) return { box, instance };
  const problems = [box, instance].flatMap((source) =>
    "unreachable" in source ? [source.unreachable] : [],
  );
  return { problems };
}

/** The sessions with Azure beside them, where it is asked. */
export function withAzure(
  { sources }: Pick<Context, "sources">,
  sessions: Sessions,
): EstateSources {
  return { ...sessions, ...(sources.azure === undefined ? {} : { azure: sources.azure }) };
}

export async function closeBoth({ box, instance }: Context["sources"]): Promise<void> {
  const close = async (source: SideSource) => {
    if (!("unreachable" in source)) await source.close();
  };
  await Promise.all([close(box), close(instance)]);
}

/** `to` is the side of a plan that was made before; without it the options decide. */
export function planRequest({ options }: Context, to: Side | undefined = options.to): PlanRequest {
  return {
    linkName: options.linkName,
    environment: options.environment,
    choices: {
      ...defaultChoices,
      to,
      keepLink: options.keepLink,
      removal: options.removal,
      failoverBy: options.failoverBy,
      budgetSeconds: options.budgetSeconds,
      letSqlServerBeRead: options.letSqlServerBeRead,
      gate: {
        ...defaultGateSettings,
        stableSeconds: options.stableSeconds,
        giveUpSeconds: options.waitSeconds,
        acceptUnproved: options.acceptUnproved,
      },
    },
  };
}
