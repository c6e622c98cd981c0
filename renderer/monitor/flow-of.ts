// Which way data flows between the two sides, and how it is said. Pure.
import type { FlowWords } from "../ui/flow-words.ts";
import type { LinkPicture } from "./link-picture.ts";
import { remoteRow } from "./mirror-rows.ts";
import { grouped } from "./units.ts";

/** The rate of the slowest and the lag of the latest database; an old answer of either side says nothing of now. */
export function flowOf(picture: LinkPicture): FlowWords {
  const { primary, sides } = picture;
  if (primary === undefined)
    return { direction: "none", label: "It is not known whether data flows." };
  const [from, to] = primary === "box" ? [sides.box, sides.instance] : [sides.instance, sides.box];
  if (!from.answers || !to.answers) {
    const label = `It is not known whether data flows from ${from.name} to ${to.name}.`;
    return { direction: "none", label, above: "not known" };
  }
  if (from.end?.remote?.connectedState !== "CONNECTED") {
    return {
      direction: "none",
      label: `No data flows from ${from.name} to ${to.name}.`,
      above: "no data flows",
    };
  }
  const rows = picture.databases.flatMap((name) => remoteRow(from, name) ?? []);
  const lags = rows.flatMap((row) => row.secondaryLagSeconds ?? []);
  const rates = rows.flatMap((row) => row.logSendRateKbPerSecond ?? []);
  const lag = lags.length === 0 ? undefined : `${String(Math.max(...lags))} s behind`;
  return {
    direction: primary === "box" ? "right" : "left",
    label: `Data flows from ${from.name} to ${to.name}${lag === undefined ? "" : `, ${lag}`}.`,
    ...(rates.length === 0 ? {} : { above: `${grouped(Math.min(...rates))} KB/s` }),
    ...(lag === undefined ? {} : { below: lag }),
  };
}
