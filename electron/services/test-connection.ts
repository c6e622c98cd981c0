// Tests a connection layer by layer, and tells at the first that fails what is wrong there; nothing is kept open.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Layer, LayerResult } from "../../shared/connect/layers.ts";
import { layerOf, layers, resultsOf } from "../../shared/connect/layers.ts";
import { alterGroups, missingToRead } from "../../shared/checks/rights.ts";
import type { Rights } from "../../shared/estate/estate.ts";
import {
  mayAlterGroups,
  missingRightRemedy,
  missingRightSentence,
} from "../../shared/estate/rights.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { onlyRow, readRows } from "../estate/queries/query.ts";
import { rightsQuery } from "../estate/queries/rights.ts";
import { addressOf } from "../sql/pool-config.ts";
import type { ProbeTarget } from "../sql/probe-certificate.ts";
import { probeCertificate } from "../sql/probe-certificate.ts";
import { reachPort, resolveName } from "../sql/reach-port.ts";
import type { OpenInput, Opening, OpenServer } from "./open-server.ts";
import { openServer, otherCertificate } from "./open-server.ts";

export interface Tested {
  readonly input: OpenInput;
  readonly target: ProbeTarget;
}

/** Never throws for what a layer says; throws the signal's reason. */
export async function testConnection(
  tested: Tested,
  opening: Opening,
  signal: AbortSignal,
): Promise<readonly LayerResult[]> {
  const { input, target } = tested;
  const passed = new Map<Layer, string>();
  let opened: OpenServer | undefined;
  const tries: Readonly<Record<Layer, () => Promise<string>>> = {
    name: async () => {
      const found = await resolveName(target, signal);
      return `${visibleText(target.host)} is ${found.join(", ")}.`;
    },
    port: async () => `Port ${String(await reachPort(target, signal))} takes connections.`,
    tls: () => trust(tested, signal),
    login: async () => {
      opened = await openServer(input, target, opening, signal);
      return `${visibleText(opened.serverName)} let ${visibleText(opened.loginName)} in.`;
    },
    right: async () => {
      const server = opened;
      if (server === undefined) throw new Error("rights are asked after the login");
      const [rows] = await readRows(server.session, [rightsQuery], signal);
      const rights = onlyRow(rows, server.session, rightsQuery.name);
      const missing = missingRights(rights, server.serverName);
      if (missing.length > 0) throw new MissingRights(missing);
      return `${visibleText(rights.login)} has the rights to read and to fail over.`;
    },
  };
  try {
    for (const layer of layers) {
      try {
        passed.set(layer, await tries[layer]());
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof MissingRights)
          return resultsOf(layers, passed, { layer, problems: error.problems });
        if (!(error instanceof AppError)) throw error;
        const { problem } = error;
        return resultsOf(layers, passed, { layer: layerOf(problem, layer), problems: [problem] });
      }
    }
    return resultsOf(layers, passed, undefined);
  } finally {
    await opened?.session.close();
  }
}

class MissingRights extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super("Rights are missing.");
    this.problems = problems;
  }
}

/** Whether the login would be sent: to a certificate that is trusted, or to the very one that the operator has named. */
async function trust({ input, target }: Tested, signal: AbortSignal): Promise<string> {
  const probed = await probeCertificate(target, signal);
  if (probed === undefined) return "The connection is not encrypted: there is no certificate.";
  const { facts } = probed;
  const { trustedFingerprint } = input;
  const address = visibleText(addressOf(target));
  if (trustedFingerprint !== null && trustedFingerprint !== facts.fingerprint) {
    throw otherCertificate(address);
  }
  if (trustedFingerprint === null && !facts.isTrusted) {
    throw new AppError({
      code: "certificateUntrusted",
      class: "block",
      summary: facts.because ?? `The certificate of ${address} is not trusted here.`,
      remedy: "Connect shows the certificate: compare its fingerprint, and trust it there.",
    });
  }
  return `Encrypted; the certificate ${visibleText(facts.subject)} is trusted, valid until ${facts.validTo.slice(0, 10)}.`;
}

function missingRights(rights: Rights, serverName: string): readonly Problem[] {
  const toAct = { permission: alterGroups, neededTo: "fail over" };
  const missing = [...missingToRead(rights), ...(mayAlterGroups(rights) ? [] : [toAct])];
  const server = visibleText(serverName);
  return missing.map(({ permission, neededTo }) => ({
    code: "rightMissing",
    class: "block",
    summary: `${missingRightSentence(server, visibleText(rights.login), permission)} Needed to ${neededTo}.`,
    remedy: missingRightRemedy(rights.login, permission),
  }));
}
