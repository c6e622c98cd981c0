// A plan made from a running practice estate, as both servers and its Azure tell it, and the world's answers to what became of it.
import "../../practice/tds/with-resolvers.ts";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { readEstate } from "../../../electron/estate/read.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { ServerLogin } from "../../../electron/sql/session.ts";
import { adatum } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { checkAll } from "../../../shared/checks/all.ts";
import { defaultChoices } from "../../../shared/choices/choices.ts";
import type { Choices } from "../../../shared/choices/choices.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import { armLink } from "../../../shared/estate/from-arm.ts";
import { buildPlan } from "../../../shared/plan/build.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { linkPath, version } from "../../practice/arm/arm-client.ts";
import { plainly } from "../../practice/arm/plain-client.ts";
import { serverOf } from "../../practice/server/practice-estate.ts";

export const kinds = { box: "sqlServer", instance: "managedInstance" } as const;

/** `token`: of somebody who reads Azure; without one the plan knows nothing of it. */
export async function practicePlan(
  estate: PracticeEstate,
  more: Partial<Choices> = {},
  token?: string,
): Promise<Plan> {
  const [box, instance] = await Promise.all([connect(estate, "box"), connect(estate, "instance")]);
  try {
    const read = await readEstate({ box, instance }, realClock);
    const [link] = findLinks(read).links;
    if (link === undefined) throw new Error("The practice estate has a link.");
    const seen =
      token === undefined ? read : { ...read, azure: await azureOf(estate, token, link.name) };
    const choices: Choices = {
      ...defaultChoices,
      linkName: link.name,
      to: link.instance.kind === "seen" && link.instance.role === "PRIMARY" ? "box" : "instance",
      ...more,
    };
    const findings = checkAll({ estate: seen, link, choices });
    const answer = buildPlan({ estate: seen, link, choices, environment: "practice", findings });
    if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings));
    return answer.plan;
  } finally {
    await Promise.all([box.close(), instance.close()]);
  }
}

async function azureOf(estate: PracticeEstate, token: string, name: string) {
  const path = linkPath(estate, name);
  const { body } = await plainly(estate, token, `${path}${version}`);
  const [resourceId = ""] = path.split("/distributedAvailabilityGroups/");
  return {
    kind: "seen",
    at: new Date(0).toISOString(),
    tenantId: adatum.tenantId,
    instance: {
      resourceId,
      name: "sqlmi1",
      fullyQualifiedDomainName: serverOf(estate, "managedInstance").name,
      databaseFormat: null,
      state: "Ready",
      hybridSecondaryUsage: "Active",
      hybridSecondaryUsageDetected: "Passive",
    },
    links: [armLink.parse(body)],
    linkRights: [],
    instanceRights: { write: true, removeTrust: true },
  } as const;
}

export function connect(estate: PracticeEstate, side: Side) {
  return mssqlConnector.connect(loginOf(estate, side));
}

export function loginOf(estate: PracticeEstate, side: Side): ServerLogin {
  const server = serverOf(estate, kinds[side]);
  return {
    side,
    host: server.host,
    port: server.port,
    instanceName: undefined,
    login: server.login,
    password: server.password,
    encrypt: server.encrypt,
    caCertificatePem: readFileSync(estate.caFile, "utf8"),
    // What no certificate can bear is reached as localhost.
    certificateName: /^[\w.-]+$/u.test(server.name) ? server.name : "localhost",
  };
}

/** Every changing statement that reached an engine, in order. */
export function changes(estate: PracticeEstate): readonly unknown[] {
  const answer = estate.control({ ask: "changes" });
  if (!answer.ok) throw new Error(answer.error);
  return changeList.parse(answer.value).map(({ server, text, outcome }) => [server, text, outcome]);
}

const changeList = z.array(z.object({ server: z.string(), text: z.string(), outcome: z.string() }));
