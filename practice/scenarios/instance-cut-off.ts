// The instance is primary and its link is cut for good; both servers reach one container, each by a credential of its own.
import { linkOf } from "./link-of.ts";
import type { Scenario } from "./scenario.ts";

const container = "https://adatum.blob.core.windows.net/back";
const primary = linkOf({
  name: "instance-cut-off",
  summary:
    "The managed instance is primary and the link is cut for good; both servers reach one container.",
  primary: "instance",
  followsPrimary: true,
});

export const instanceCutOff: Scenario = {
  ...primary,
  box: {
    ...primary.box,
    credentials: [
      { name: container, identity: "SHARED ACCESS SIGNATURE", secret: "sv=practice&sig=none" },
    ],
  },
  instance: {
    ...primary.instance,
    credentials: [{ name: container, identity: "Managed Identity", secret: null }],
  },
  runningForMs: 65_000,
  events: [{ atMs: -60_000, fault: { kind: "linkDisconnected", on: true } }],
};
