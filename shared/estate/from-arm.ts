// Parses what Azure Resource Manager answers about instances and links, api-version 2025-01-01, into facts.
import { z } from "zod";
import type { ArmInstance, ArmLink, ArmLinkDatabase } from "./azure-fact.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const role = z
  .enum(["Primary", "Secondary"])
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** ARM sends LSNs as strings; a number would have lost digits already and is refused. */
const lsn = z
  .string()
  .regex(/^\d{1,25}$/)
  .nullish()
  .transform((value) => (value == null ? null : BigInt(value).toString()));

const database = z
  .object({
    databaseName: z.string(),
    replicaState: text,
    synchronizationHealth: text,
    connectedState: text,
    lastCommitLsn: lsn,
    lastHardenedLsn: lsn,
    lastReceivedLsn: lsn,
    lastSentLsn: lsn,
    lastBackupLsn: lsn,
    lastBackupTime: text,
    mostRecentLinkError: text,
    partnerAuthCertValidity: z.object({ expiryDate: text }).nullish(),
  })
  .transform(({ partnerAuthCertValidity, ...rest }): ArmLinkDatabase => ({
    ...rest,
    partnerCertificateExpiryDate: partnerAuthCertValidity?.expiryDate ?? null,
  }));

/** "Distributed Availability Groups - Get". The model before 2023-08-01-preview has no `databases` and is refused. */
export const armLink = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      distributedAvailabilityGroupId: text,
      failoverMode: text,
      replicationMode: text,
      instanceLinkRole: role,
      partnerLinkRole: role,
      partnerAvailabilityGroupName: text,
      instanceAvailabilityGroupName: text,
      partnerEndpoint: text,
      databases: z.array(database),
    }),
  })
  .transform(({ id, name, properties }): ArmLink => {
    const { distributedAvailabilityGroupId, ...rest } = properties;
    return { resourceId: id, name, groupId: distributedAvailabilityGroupId, ...rest };
  });

/** "Managed Instances - Get". */
export const armInstance = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      fullyQualifiedDomainName: z.string(),
      databaseFormat: text,
      state: text,
      hybridSecondaryUsage: text,
      hybridSecondaryUsageDetected: text,
    }),
  })
  .transform(({ id, name, properties }): ArmInstance => ({ resourceId: id, name, ...properties }));

/** "Server Trust Certificates - List By Instance": the names. */
export const armTrustCertificate: z.ZodType<string> = z
  .object({ name: z.string() })
  .transform(({ name }) => name);

/** One page of a list. */
export interface ArmPage<Item> {
  readonly value: readonly Item[];
  /** Address of the next page; undefined on the last one. */
  readonly nextLink: string | undefined;
}

export function armPage<Item>(item: z.ZodType<Item>): z.ZodType<ArmPage<Item>> {
  return z
    .object({ value: z.array(item), nextLink: z.string().nullish() })
    .transform(({ value, nextLink }) => ({
      value,
      nextLink: nextLink == null || nextLink === "" ? undefined : nextLink,
    }));
}

/** What one role holds ("Permissions - List For Resource"). Both lists may have wildcards. */
export interface ArmPermission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

const actions = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const armPermission: z.ZodType<ArmPermission> = z.object({ actions, notActions: actions });

/** The body of every refusal ("Common API error details"). */
export const armError = z.object({
  error: z.object({ code: z.string().optional(), message: z.string().optional() }),
});
