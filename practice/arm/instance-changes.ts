// PATCH of an instance and DELETE of a certificate it trusts: asked of the world, answered as long-running operations.
import { z } from "zod";
import type { WebAnswer } from "../web/web-server.ts";
import { ArmError } from "./errors.ts";
import { isLinked, type LinkedInstance } from "./inventory.ts";
import { carryOutChange } from "./link-changes.ts";
import { instanceOf, type Call } from "./reads.ts";
import { readBody } from "./request-body.ts";
import { findTrustCertificate } from "./trust-certificates.ts";

const usage = z.strictObject({
  properties: z.strictObject({ hybridSecondaryUsage: z.enum(["Active", "Passive"]) }),
});

/** Throws 400, 404, 409, and 501 for an instance that only stands beside the world's. */
export async function changeUsage(call: Call): Promise<WebAnswer> {
  const instance = changeable(call);
  const { properties } = readBody(
    call.request.body,
    usage,
    "InvalidRequestContent",
    "The practice estate updates properties.hybridSecondaryUsage of an instance, to Active or Passive, and nothing else.",
  );
  return carryOutChange(call, instance, { kind: "setUsage", ...properties });
}

/** 204 for a certificate that is not there. Throws as `changeUsage` does. */
export async function removeTrustCertificate(call: Call): Promise<WebAnswer> {
  const found = findTrustCertificate(call);
  if (found === undefined) return { status: 204, headers: {}, body: "" };
  return carryOutChange(call, changeable(call), { kind: "removeTrust", certificate: found.name });
}

function changeable(call: Call): LinkedInstance {
  const facts = instanceOf(call);
  if (facts.state === "Stopped") {
    throw new ArmError(
      400,
      "ManagedInstanceStoppingOrStopped",
      `The managed instance '${facts.name}' is stopped or stopping. Start it and try again.`,
    );
  }
  if (isLinked(facts)) return facts;
  throw new ArmError(
    501,
    "NotImplemented",
    "The practice estate changes only the instances of its links. Nothing was changed.",
  );
}
