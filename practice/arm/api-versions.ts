// Which api-versions each resource type answers, and ARM's refusals for the others.
import { ArmError } from "./errors.ts";
import { instanceType } from "./instance-resource.ts";
import { location } from "./inventory.ts";
import { linkType } from "./link-resource.ts";
import { operationTypes } from "./operation-answers.ts";
import { trustType } from "./trust-certificates.ts";

/**
 * The link in the shape served here exists at 2025-01-01; earlier versions have the old shape and are refused. Instances
 * also answer the version that `@azure/arm-sql` 10 asks for.
 */
const supported: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Resources/subscriptions": ["2022-12-01", "2021-01-01", "2020-01-01"],
  "Microsoft.Resources/tenants": ["2022-12-01", "2021-01-01", "2020-01-01"],
  "Microsoft.Authorization/permissions": ["2022-04-01", "2018-07-01"],
  "Microsoft.ResourceGraph/resources": ["2024-04-01", "2022-10-01", "2021-03-01"],
  [instanceType]: ["2025-01-01", "2023-08-01", "2022-08-01-preview"],
  [linkType]: ["2025-01-01"],
  [trustType]: ["2025-01-01"],
  ...Object.fromEntries(
    operationTypes.flatMap(({ results, async }) => [
      [results, ["2025-01-01"]],
      [async, ["2025-01-01"]],
    ]),
  ),
};

/** The version asked for. Throws 400 where it is missing or not served. */
export function requireApiVersion(url: URL, resourceType: string): string {
  const asked = url.searchParams.get("api-version") ?? "";
  if (asked === "") {
    throw new ArmError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  const versions = supported[resourceType] ?? [];
  if (versions.includes(asked)) return asked;
  throw new ArmError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${location}' and API version '${asked}' for type '${resourceType.split("/").slice(1).join("/")}'. The supported api-versions are '${versions.join(", ")}'. The supported locations are '${location}'.`,
  );
}
