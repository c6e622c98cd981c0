// What a changing request on a link asks for, read from its body as 2025-01-01 writes it (domain.md 4.2).
import { z } from "zod";
import type { LinkChange } from "../world/link-operation.ts";
import { readBody } from "./request-body.ts";

const update = z.strictObject({
  properties: z.strictObject({ replicationMode: z.enum(["Async", "Sync"]) }),
});
/** Flat, not under `properties`. */
const failover = z.strictObject({ failoverType: z.enum(["Planned", "ForcedAllowDataLoss"]) });
const setRole = z.strictObject({
  instanceRole: z.enum(["Primary", "Secondary"]),
  roleChangeType: z.enum(["Forced", "Planned"]),
});

/** Reads the body of one kind of request. Throws 400. */
export const linkRequests: Readonly<Record<LinkChange["kind"], (body: string) => LinkChange>> = {
  update: (body) => ({
    kind: "update",
    ...readBody(
      body,
      update,
      "InvalidRequestContent",
      "The practice estate updates properties.replicationMode of a link, to Async or Sync, and nothing else.",
    ).properties,
  }),
  delete: () => ({ kind: "delete" }),
  failover: (body) => ({
    kind: "failover",
    ...readBody(
      body,
      failover,
      "InvalidDistributedAvailabilityGroupFailoverRequest",
      "The distributed availability group failover request is not valid: failoverType is Planned or ForcedAllowDataLoss.",
    ),
  }),
  setRole: (body) => ({
    kind: "setRole",
    ...readBody(
      body,
      setRole,
      "InvalidRequestContent",
      "The request content is not valid: instanceRole is Primary or Secondary, roleChangeType Planned or Forced.",
    ),
  }),
};
