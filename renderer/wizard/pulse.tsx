// The strip under the wizard's title: both roles, the flow between them, and how old that knowledge is.
import { CloudDatabaseRegular, ServerRegular } from "@fluentui/react-icons";
import { text } from "../text.ts";
import { ageText, freshness } from "../ui/age-text.ts";
import { Flow } from "../ui/flow.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { RoleChip } from "../ui/role-chip.tsx";
import type { PulseFacts, PulseItem, PulseSide } from "./pulse-facts.ts";
import "./pulse.css";

const words = text.wizard.flow;

export interface PulseProps {
  readonly pulse: PulseFacts;
  /** Ms since 1970. */
  readonly now: number;
}

export function Pulse({ pulse, now }: PulseProps) {
  const { box, instance, flow, items, atMs } = pulse;
  return (
    <section className="pulse" aria-label={text.wizard.pulse.label}>
      <span className="pulse-side">
        <ServerRegular aria-hidden="true" />
        <b title={box.name}>{box.name}</b>
        <Chip side={box} now={now} />
      </span>
      <Flow direction={flow} width={56} label={flowWords(pulse)} />
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
      <span className={`age age-${freshness(now - atMs)}`}>
        {text.wizard.pulse.seen(ageText(now - atMs))}
      </span>
    </section>
  );
}

function Chip({ side, now }: { readonly side: PulseSide; readonly now: number }) {
  return (
    <RoleChip role={side.role} words="pane" more={text.ui.seenAgo(ageText(now - side.atMs))} />
  );
}

function Item({ item }: { readonly item: PulseItem }) {
  if (item.level === "plain") return <span>{item.text}</span>;
  return <ResultMark level={item.level === "ready" ? "passed" : "warning"}>{item.text}</ResultMark>;
}

function flowWords({ box, instance, flow }: PulseFacts): string {
  switch (flow) {
    case "right":
      return words.flows(box.name, instance.name);
    case "left":
      return words.flows(instance.name, box.name);
    case "none":
      return words.notSeen(box.name, instance.name);
  }
}
