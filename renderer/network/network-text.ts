// The result of the network test as text, for whoever looks after the network. Pure.
import type { NeededAddress, WebLayerResult, WebService } from "../../shared/network/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { testWords } from "../connect/test-words.ts";
import { networkWords as words, waySentence } from "./network-words.ts";

export type Results = Readonly<Partial<Record<WebService, readonly WebLayerResult[]>>>;

/** `at`: ISO 8601 UTC. */
export function networkText(
  addresses: readonly NeededAddress[],
  results: Results,
  at: string,
): string {
  const parts = addresses.flatMap(({ service, address, way }) => [
    "",
    `${words.services[service]}: ${visibleText(address)}. ${waySentence(way)}`,
    ...(results[service] ?? []).map(lineOf),
  ]);
  return [`${words.title}, ${at}`, ...parts, ""].join("\n");
}

function lineOf(result: WebLayerResult): string {
  const head = `  ${words.layers[result.layer]}: ${testWords.outcomes[result.outcome]}`;
  switch (result.outcome) {
    case "notReached":
      return `${head}.`;
    case "passed":
      return `${head}. ${visibleText(result.sentence)}`;
    case "failed":
      return result.problems
        .map(({ code, summary, detail = "", remedy }) =>
          visibleText([`${head} (${code}).`, summary, detail, remedy].filter(Boolean).join(" ")),
        )
        .join("\n");
  }
}
