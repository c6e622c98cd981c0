// A connection tested layer by layer: which one failed, and what was never reached behind it. Contract and pure rules.
import type { Problem } from "../errors/app-error.ts";

/** In the order in which a connection meets them. */
export const layers = ["name", "port", "tls", "login", "right"] as const;
export type Layer = (typeof layers)[number];

/** `L`: the layers of what is tested, a server or a service on the web. */
export type LayerResult<L extends string = Layer> = { readonly layer: L } & (
  | { readonly outcome: "passed"; readonly sentence: string }
  /** More than one for rights alone. */
  | { readonly outcome: "failed"; readonly problems: readonly Problem[] }
  | { readonly outcome: "notReached" }
);

const layerOfCode: ReadonlyMap<string, Layer> = new Map([
  ["hostUnknown", "name"],
  ["instanceNotFound", "port"],
  ["portClosed", "port"],
  ["noRoute", "port"],
  // The gateway answered and sent the login on to a port that is shut.
  ["redirectUnreachable", "port"],
]);

/** What failed while `reached` was tried: a problem that belongs to an earlier layer is told there. */
export function layerOf(problem: Problem, reached: Layer): Layer {
  const named = layerOfCode.get(problem.code) ?? reached;
  return layers.indexOf(named) < layers.indexOf(reached) ? named : reached;
}

/** Every layer of `order`: what passed before the failure, the failure, and the rest as not reached. */
export function resultsOf<L extends string>(
  order: readonly L[],
  passed: ReadonlyMap<L, string>,
  failure: { readonly layer: L; readonly problems: readonly Problem[] } | undefined,
): readonly LayerResult<L>[] {
  const failedAt = failure === undefined ? order.length : order.indexOf(failure.layer);
  return order.map((layer, index): LayerResult<L> => {
    if (index > failedAt) return { layer, outcome: "notReached" };
    if (index === failedAt) return { layer, outcome: "failed", problems: failure?.problems ?? [] };
    return { layer, outcome: "passed", sentence: passed.get(layer) ?? "" };
  });
}
