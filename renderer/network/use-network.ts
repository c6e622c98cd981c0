// What the window Network test knows: what is set, the way to each service, and what the tests found.
import { useEffect } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { NetworkFacts, WebService } from "../../shared/network/contract.ts";
import { webServices } from "../../shared/network/contract.ts";
import type { NetworkSettings } from "../../shared/network/network-settings.ts";
import type { Request } from "../api.ts";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";
import type { Results } from "./network-text.ts";

export interface Network {
  readonly facts: NetworkFacts | undefined;
  readonly set: NetworkSettings | undefined;
  readonly isSaving: boolean;
  /** What could not be read or saved. */
  readonly problem: Problem | undefined;
  /** Saves, and looks at the way again; what was tested before is gone. False where it was not saved. */
  readonly save: (network: NetworkSettings) => Promise<boolean>;
  readonly tests: Readonly<Record<WebService, Request<"network.test">>>;
  readonly results: Results;
  readonly isTesting: boolean;
  /** Every service at once, each by itself. */
  readonly test: () => void;
}

export function useNetwork(): Network {
  const { status: looked, send: look } = useRequest("network.look");
  const { status: read, send: readSettings } = useRequest("settings.read");
  const writing = useRequest("settings.write");
  const tests = { signIn: useRequest("network.test"), arm: useRequest("network.test") };
  useEffect(() => {
    void look({});
    void readSettings({});
  }, [look, readSettings]);
  const failed = [looked, read, writing.status].find((status) => status.kind === "error");
  const settings = knownValue(read);
  return {
    facts: knownValue(looked),
    set: settings?.network,
    isSaving: writing.isBusy,
    problem: failed?.error ?? settings?.problem,
    async save(network) {
      const answer = await writing.send({ network });
      if (answer?.ok !== true) return false;
      for (const service of webServices) tests[service].reset();
      await Promise.all([look({}), readSettings({})]);
      return true;
    },
    tests,
    results: { signIn: knownValue(tests.signIn.status), arm: knownValue(tests.arm.status) },
    isTesting: webServices.some((service) => tests[service].isBusy),
    test() {
      for (const service of webServices) void tests[service].send({ service });
    },
  };
}
