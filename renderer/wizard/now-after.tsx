// The picture of both roles now and after the failover: SQL Server left, the instance right, in both rows.
import { CloudDatabaseRegular, ServerRegular } from "@fluentui/react-icons";
import type { Role } from "../../shared/estate/estate.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";
import { text } from "../text.ts";
import { Flow } from "../ui/flow.tsx";
import type { ChipRole } from "../ui/role-chip.tsx";
import { RoleChip } from "../ui/role-chip.tsx";
import { withShortNames } from "../ui/short-names.ts";
import type { LinkFacts, ReplicaFacts } from "./link-facts.ts";
import { isRemoved } from "./link-facts.ts";

const words = text.wizard.nowAfter;
const { flow } = text.wizard;

export function NowAfter({ facts }: { readonly facts: LinkFacts }) {
  const { box, instance, primary } = facts;
  if (primary === undefined) return null;
  const [from, to] = primary === "box" ? [box, instance] : [instance, box];
  const isFromBox = primary === "box";
  return (
    <aside className="now-after" aria-label={words.label}>
      <h4>{words.now}</h4>
      <Row facts={facts} roles={isFromBox ? ["PRIMARY", "SECONDARY"] : ["SECONDARY", "PRIMARY"]} />
      <h4>{words.after}</h4>
      {isRemoved(facts) ? (
        <Apart facts={facts} />
      ) : (
        <Row
          facts={facts}
          roles={isFromBox ? ["SECONDARY", "PRIMARY"] : ["PRIMARY", "SECONDARY"]}
        />
      )}
      <ul>
        {isRemoved(facts) ? (
          <>
            <li>{words.removed}</li>
            <li>{withShortNames(facts.way?.understood.sentence ?? "", instance.serverName)}</li>
          </>
        ) : (
          <>
            <li>{flowsBack(facts, from)}</li>
            <li>{words.readOnly(visibleText(listOf(facts.databases)), from.name)}</li>
          </>
        )}
        <li>{words.connectTo(to.name)}</li>
      </ul>
    </aside>
  );
}

function flowsBack({ way, primary }: LinkFacts, from: ReplicaFacts): string {
  // What comes from the instance goes back to it: only the failover to SQL Server itself needs a match.
  return way?.comeBack.kind === "yes" || primary === "instance"
    ? words.flowsBack(from.name)
    : words.mayFlowBack(from.name);
}

/** Two databases of their own. */
function Apart({ facts: { box, instance } }: { readonly facts: LinkFacts }) {
  return (
    <div className="now-after-row">
      <Node replica={box} />
      <Flow direction="none" width={40} label={flow.nothing(box.name, instance.name)} />
      <Node replica={instance} />
    </div>
  );
}

function Row({
  facts,
  roles,
}: {
  readonly facts: LinkFacts;
  readonly roles: readonly [Role, Role];
}) {
  const { box, instance } = facts;
  const isRight = roles[0] === "PRIMARY";
  const label = isRight ? flow.flows(box.name, instance.name) : flow.flows(instance.name, box.name);
  return (
    <div className="now-after-row">
      <Node replica={box} role={roles[0]} />
      <Flow direction={isRight ? "right" : "left"} width={40} label={label} />
      <Node replica={instance} role={roles[1]} />
    </div>
  );
}

export interface NodeProps {
  readonly replica: ReplicaFacts;
  readonly role?: ChipRole;
  /** A second PRIMARY. */
  readonly isBad?: boolean;
}

export function Node({ replica, role, isBad = false }: NodeProps) {
  const Icon = replica.side === "box" ? ServerRegular : CloudDatabaseRegular;
  return (
    <div className="now-after-node">
      <Icon aria-hidden="true" />
      <b title={replica.name}>{replica.name}</b>
      {role === undefined ? null : <RoleChip role={role} words="pane" isBad={isBad} />}
    </div>
  );
}
