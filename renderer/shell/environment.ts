// Which environment the window works in, and the band that says so. Pure.
import type { AppFacts, ConnectionFacts } from "../../shared/ipc.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { shortName } from "../ui/short-name.ts";

/** The one that asks for most care counts. Without a connection the practice window still is one. */
export function environmentOf(
  facts: Pick<AppFacts, "practice"> | undefined,
  connections: readonly Pick<ConnectionFacts, "environment">[],
): Environment | undefined {
  const found = (["production", "test", "practice"] as const).find((environment) =>
    connections.some((connection) => connection.environment === environment),
  );
  return found ?? (facts?.practice === true ? "practice" : undefined);
}

/** Those of a pair that are connected. */
export function connectionsOf(
  pair: Pair,
  connections: readonly ConnectionFacts[],
): readonly ConnectionFacts[] {
  return connections.filter(({ side, connectionId }) => pair[side] === connectionId);
}

export interface Band {
  readonly environment: Environment | undefined;
  readonly word: string;
  readonly sentence: string;
}

/** The band names the servers it speaks of. */
export function bandOf(
  environment: Environment | undefined,
  connections: readonly Pick<ConnectionFacts, "environment" | "serverName" | "side">[],
): Band {
  if (environment === undefined) {
    return { environment, word: text.environment.none, sentence: text.environment.noneSentence };
  }
  const names = connections
    .filter((connection) => connection.environment === environment)
    .map(({ side, serverName }) => visibleText(shortName(side, serverName)));
  const servers =
    names.length === 0
      ? "Servers are"
      : `${names.join(" and ")} ${names.length === 1 ? "is" : "are"}`;
  const word = text.environment.word[environment];
  return { environment, word, sentence: text.environment.sentence[environment](servers) };
}
