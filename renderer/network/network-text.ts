// The result of the network test as text, for whoever looks after the network. Pure.
import type {
  NeededAddress,
  Way,
  WebLayerResult,
  WebService,
} from "../../shared/network/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { testWords } from "../text/connection-test.ts";
import { networkWords as words } from "../text/network.ts";

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

/** How a request would leave now, one sentence. */
export function waySentence(way: Way): string {
  switch (way.kind) {
    case "direct":
      return words.way.direct;
    case "unknown":
      return visibleText(way.problem.summary);
    case "proxy":
      return words.way.proxy(visibleText(way.proxy), way.setBy);
  }
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
