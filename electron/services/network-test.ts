// The port to the test of the way to Azure. Contract of electron/azure.
import type { NetworkFacts, WebLayerResult, WebService } from "../../shared/network/contract.ts";

export interface NetworkTest {
  /** The addresses of the cloud in use and the way to each, with what is set now. */
  look(): Promise<NetworkFacts>;
  /** Never throws for what a layer says; throws the signal's reason. */
  test(service: WebService, signal: AbortSignal): Promise<readonly WebLayerResult[]>;
}
