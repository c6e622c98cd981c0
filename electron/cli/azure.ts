// Azure as the command line asks it: by the Azure CLI's sign-in, loaded when it is wanted.
import { createCliAzure } from "../azure/azure-for-cli.ts";
import type { CliAzure } from "../azure/azure-for-cli.ts";
import type { Cloud } from "../azure/clouds.ts";
import { clouds, practiceCloud } from "../azure/clouds.ts";
import type { Clock } from "../run/clock.ts";
import type { Options } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** Undefined where Azure is not asked. `authorityPem`: the certificate authority of --ca-file. Throws UsageError. */
export function cliAzure(
  { azure, environment }: Options,
  authorityPem: string | undefined,
  clock: Clock,
): CliAzure | undefined {
  if (azure === undefined) return undefined;
  const isPractice = environment === "practice";
  if (isPractice !== (azure.endpoint !== undefined)) {
    throw new UsageError(
      "--azure-endpoint goes with --environment practice, and practice with no other Azure.",
    );
  }
  const cloud = cloudOf(azure, authorityPem);
  // The practice cloud brings its own way along; any other leaves as the environment has it.
  return createCliAzure({ cloud, clock, transport: { kind: "node" }, tenantId: azure.tenantId });
}

function cloudOf(
  { cloud, endpoint }: NonNullable<Options["azure"]>,
  authorityPem: string | undefined,
): Cloud {
  if (endpoint === undefined || authorityPem === undefined) return clouds[cloud];
  // The Azure CLI gives the tokens: its authority is never asked from here.
  return practiceCloud({
    armEndpoint: endpoint,
    authority: "https://practice.invalid/organizations",
    authorityAddress: "http://127.0.0.1",
    authorityPem,
  });
}
