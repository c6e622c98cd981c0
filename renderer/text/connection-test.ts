// The words of a connection that is tested layer by layer.
import type { Layer, LayerResult } from "../../shared/connect/layers.ts";

export const testWords = {
  test: "Test",
  testing: "Testing the connection.",
  list: "What the test found",
  layers: {
    name: "Name",
    port: "Port",
    tls: "TLS",
    login: "Login",
    right: "Rights",
  } satisfies Record<Layer, string>,
  outcomes: {
    passed: "passed",
    failed: "failed",
    notReached: "not reached",
  } satisfies Record<LayerResult["outcome"], string>,
} as const;
