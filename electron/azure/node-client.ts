// Lets the SDK's clients send by Node's own client, by the proxy and the trust that are set when the request leaves.
import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import type { AgentFor } from "./node-agent.ts";
import { agentsOf } from "./node-agent.ts";
import type { NodeNetwork } from "./node-network.ts";

export function nodeClient(network: () => NodeNetwork): HttpClient {
  const agentFor = agentsOf(network);
  let client: HttpClient | undefined;
  return {
    async sendRequest(request) {
      const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
      client ??= createDefaultHttpClient();
      takeWay(request, agentFor);
      return client.sendRequest(request);
    },
  };
}

/** The SDK has put in an agent for the environment's proxy, which knows no other trust. */
function takeWay(request: PipelineRequest, agentFor: AgentFor): void {
  // Plain HTTP is the practice directory's alone, on this computer.
  if (new URL(request.url).protocol === "http:") delete request.agent;
  else request.agent = agentFor(request.url, request.disableKeepAlive ?? false);
}
