// The addresses ARM answers: what each one is, which action it takes, and how it is read.
import { json, type WebAnswer, type WebRequest } from "../web/web-server.ts";
import type { LinkChange } from "../world/link-operation.ts";
import { ArmError } from "./errors.ts";
import { changeUsage, removeTrustCertificate } from "./instance-changes.ts";
import { instanceResource, instanceType } from "./instance-resource.ts";
import { changeLink } from "./link-changes.ts";
import { linkType } from "./link-resource.ts";
import { operationResult, operationStatus, operationTypes } from "./operation-answers.ts";
import { pageOf } from "./paging.ts";
import {
  instanceOf,
  instancesIn,
  linkOf,
  linksOf,
  readable,
  readableSubscriptions,
  subscriptionOf,
  subscriptionResource,
  tenantsOf,
  type Call,
} from "./reads.ts";
import { queryResources } from "./resource-graph.ts";
import { roleOf } from "./roles.ts";
import { trustCertificateOf, trustCertificates, trustType } from "./trust-certificates.ts";

export interface Operation {
  /** The action of RBAC; undefined where the answer is what the caller may see. */
  readonly action?: string;
  readonly run: (call: Call) => WebAnswer | Promise<WebAnswer>;
}

export interface Route {
  readonly pattern: string;
  readonly resourceType: string;
  /** By HTTP method. */
  readonly operations: Readonly<Record<string, Operation>>;
}

const subscriptionScope = "/subscriptions/{subscription}";
const groupScope = `${subscriptionScope}/resourceGroups/{group}`;
const instanceScope = `${groupScope}/providers/${instanceType}/{instance}`;
const linkScope = `${instanceScope}/distributedAvailabilityGroups/{link}`;

export const routes: readonly Route[] = [
  {
    pattern: "/tenants",
    resourceType: "Microsoft.Resources/tenants",
    operations: { GET: { run: ({ request, caller }) => page(tenantsOf(caller), request) } },
  },
  {
    pattern: "/subscriptions",
    resourceType: "Microsoft.Resources/subscriptions",
    operations: {
      GET: {
        run: (call) => {
          const shown = readableSubscriptions(call);
          return page(
            shown.map((one) => subscriptionResource(one, call.conditions)),
            call.request,
          );
        },
      },
    },
  },
  {
    pattern: subscriptionScope,
    resourceType: "Microsoft.Resources/subscriptions",
    operations: {
      GET: {
        action: "Microsoft.Resources/subscriptions/read",
        run: (call) => json(200, subscriptionResource(subscriptionOf(call), call.conditions)),
      },
    },
  },
  {
    pattern: "/providers/Microsoft.ResourceGraph/resources",
    resourceType: "Microsoft.ResourceGraph/resources",
    operations: {
      POST: { run: (call) => json(200, queryResources(call.request.body, readable(call))) },
    },
  },
  ...[subscriptionScope, groupScope, instanceScope, linkScope].map(permissionsOf),
  ...[subscriptionScope, groupScope].map(instanceList),
  {
    pattern: instanceScope,
    resourceType: instanceType,
    operations: {
      GET: {
        action: `${instanceType}/read`,
        run: (call) => json(200, instanceResource(instanceOf(call), call.apiVersion)),
      },
      PATCH: { action: `${instanceType}/write`, run: changeUsage },
    },
  },
  {
    pattern: `${instanceScope}/distributedAvailabilityGroups`,
    resourceType: linkType,
    operations: {
      GET: {
        action: `${linkType}/read`,
        run: (call) => page(linksOf(call), call.request),
      },
    },
  },
  {
    pattern: linkScope,
    resourceType: linkType,
    operations: {
      GET: { action: `${linkType}/read`, run: (call) => json(200, linkOf(call).resource) },
      PUT: notYet(`${linkType}/write`),
      PATCH: change("update", "write"),
      DELETE: change("delete", "delete"),
    },
  },
  ...(["failover", "setRole"] as const).map((verb) => ({
    pattern: `${linkScope}/${verb}`,
    resourceType: linkType,
    operations: { POST: change(verb, `${verb}/action`) },
  })),
  {
    pattern: `${instanceScope}/serverTrustCertificates`,
    resourceType: trustType,
    operations: {
      GET: {
        action: `${trustType}/read`,
        run: (call) => page(trustCertificates(instanceOf(call)), call.request),
      },
    },
  },
  {
    pattern: `${instanceScope}/serverTrustCertificates/{certificate}`,
    resourceType: trustType,
    operations: {
      GET: { action: `${trustType}/read`, run: (call) => json(200, trustCertificateOf(call)) },
      PUT: notYet(`${trustType}/write`),
      DELETE: { action: `${trustType}/delete`, run: removeTrustCertificate },
    },
  },
  ...[subscriptionScope, groupScope].flatMap((scope) =>
    operationTypes.flatMap(({ results, async }) => [
      operationRoute(scope, results, operationResult),
      operationRoute(scope, async, operationStatus),
    ]),
  ),
];

function permissionsOf(scope: string): Route {
  return {
    pattern: `${scope}/providers/Microsoft.Authorization/permissions`,
    resourceType: "Microsoft.Authorization/permissions",
    operations: {
      GET: {
        action: "Microsoft.Authorization/permissions/read",
        run: ({ request, caller, conditions }) => {
          const role = roleOf(caller, conditions);
          const granted = role === undefined ? [] : [role];
          const full = granted.map((one) => ({ ...one, dataActions: [], notDataActions: [] }));
          return page(full, request);
        },
      },
    },
  };
}

function instanceList(scope: string): Route {
  return {
    pattern: `${scope}/providers/${instanceType}`,
    resourceType: instanceType,
    operations: {
      GET: {
        action: `${instanceType}/read`,
        run: (call) => {
          const shown = instancesIn(call).map((one) => instanceResource(one, call.apiVersion));
          return page(shown, call.request);
        },
      },
    },
  };
}

/** Who may ask after an operation is a setting of the world. */
function operationRoute(scope: string, type: string, run: Operation["run"]): Route {
  return {
    pattern: `${scope}/providers/${type.replace("/locations/", "/locations/{place}/")}/{operation}`,
    resourceType: type,
    operations: { GET: { run } },
  };
}

function change(kind: LinkChange["kind"], right: string): Operation {
  return { action: `${linkType}/${right}`, run: (call) => changeLink(call, kind) };
}

/** Known, allowed, and not carried out. 501 is the status that clients do not try again. */
function notYet(action: string): Operation {
  return {
    action,
    run: ({ request }) => {
      throw new ArmError(
        501,
        "NotImplemented",
        `The practice estate does not carry out ${request.method} on this resource. Nothing was changed.`,
      );
    },
  };
}

function page(items: readonly object[], { url }: WebRequest): WebAnswer {
  return json(200, pageOf(items, url));
}
