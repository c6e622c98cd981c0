// The strip under the wizard's title: both roles, the flow between them, and how old that knowledge is.
import { CloudDatabaseRegular, ServerRegular } from "@fluentui/react-icons";
import { ageText, freshness } from "../ui/age-text.ts";
import type { FlowWords } from "../ui/flow-words.ts";
import { Flow } from "../ui/flow.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { RoleChip } from "../ui/role-chip.tsx";
import type { PulseFacts, PulseItem, PulseSide } from "./pulse-facts.ts";
import "./pulse.css";

export interface PulseProps {
  readonly pulse: PulseFacts;
  /** Ms since 1970. */
  readonly now: number;
}

export function Pulse({ pulse, now }: PulseProps) {
  const { box, instance, flow, items, atMs } = pulse;
  return (
    <section className="pulse" aria-label="Both sides now">
      <span className="pulse-side">
        <ServerRegular aria-hidden="true" />
        <b title={box.name}>{box.name}</b>
        <Chip side={box} now={now} />
      </span>
      {flow === "gone" ? null : <Flow direction={flow} width={56} label={flowWords(pulse, flow)} />}
      <span className="pulse-side">
        <Chip side={instance} now={now} />
        <CloudDatabaseRegular aria-hidden="true" />
        <b title={instance.name}>{instance.name}</b>
      </span>
      <span className="pulse-items">
        {items.map((item) => (
          <Item key={item.text} item={item} />
        ))}
      </span>
      <span className={`age age-${freshness(now - atMs)}`}>seen {ageText(now - atMs)} ago</span>
    </section>
  );
}

function Chip({ side, now }: { readonly side: PulseSide; readonly now: number }) {
  return <RoleChip role={side.role} words="pane" more={`, seen ${ageText(now - side.atMs)} ago`} />;
}

function Item({ item }: { readonly item: PulseItem }) {
  if (item.level === "plain") return <span>{item.text}</span>;
  return <ResultMark level={item.level === "ready" ? "passed" : "warning"}>{item.text}</ResultMark>;
}

function flowWords({ box, instance }: PulseFacts, flow: FlowWords["direction"]): string {
  switch (flow) {
    case "right":
      return `Data flows from ${box.name} to ${instance.name}`;
    case "left":
      return `Data flows from ${instance.name} to ${box.name}`;
    case "none":
      return `No data flow is seen between ${box.name} and ${instance.name}`;
  }
}
