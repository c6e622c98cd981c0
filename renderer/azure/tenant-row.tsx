// One tenant and its subscriptions: what is told of it, or why not, and how to ask it again without asking the others.
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { shortName } from "../ui/short-name.ts";
import type { Look, SubscriptionRow, TenantRow } from "./directory-rows.ts";
import { SignInWays } from "./sign-in-ways.tsx";
import type { Azure } from "./use-azure.ts";
import type { Directory } from "./use-directory.ts";

interface RowProps<Row> {
  readonly row: Row;
  readonly azure: Azure;
  readonly directory: Directory;
}

export function TenantRowView({ row, azure, directory }: RowProps<TenantRow>) {
  const [isSigningIn, setSigningIn] = useState(false);
  const { tenantId, problem, subscriptions } = row;
  const name = visibleText(row.name);
  const mayNeedSignIn = problem !== undefined && problem.class !== "retry";
  return (
    <li>
      <div className="azure-row">
        <b>{name}</b>
        <span className="azure-row-state">
          <TenantState row={row} instance={instanceIn(azure)} />
        </span>
        <Button
          size="small"
          aria-label={`${againWord(problem)}: ${name}`}
          disabledFocusable={row.isBeingRead || row.look === "looking"}
          onClick={() => {
            directory.readTenant(tenantId);
          }}
        >
          {againWord(problem)}
        </Button>
        {mayNeedSignIn ? (
          <Button
            size="small"
            aria-label={`${text.azure.signInToTenant}: ${name}`}
            aria-expanded={isSigningIn}
            onClick={() => {
              setSigningIn(!isSigningIn);
            }}
          >
            {text.azure.signInToTenant}
          </Button>
        ) : null}
      </div>
      {problem === undefined ? null : <ProblemView problem={problem} />}
      {mayNeedSignIn && isSigningIn ? <SignInWays azure={azure} tenant={tenantId} /> : null}
      {subscriptions === undefined || subscriptions.length === 0 ? null : (
        <ul aria-label={text.azure.subscriptionsOf(name)}>
          {subscriptions.map((one) => (
            <SubscriptionRowView
              key={one.subscriptionId}
              row={one}
              azure={azure}
              onLook={() => {
                directory.look(tenantId, one.subscriptionId);
              }}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

interface StateProps<Row> {
  readonly row: Row;
  /** Undefined: none is connected. */
  readonly instance: string | undefined;
}

function TenantState({ row, instance }: StateProps<TenantRow>) {
  const { isBeingRead, subscriptions, look, problem } = row;
  if (isBeingRead) return <ResultMark level="waits">{text.azure.beingRead}</ResultMark>;
  if (subscriptions === undefined) {
    return problem === undefined ? null : (
      <ResultMark level="failed">{text.azure.refused}</ResultMark>
    );
  }
  return (
    <>
      <span>{text.azure.subscriptionCount(subscriptions.length)}</span>
      {instance === undefined || look === "notLooked" ? null : (
        <LookMark look={look} instance={instance} />
      )}
    </>
  );
}

function SubscriptionRowView({
  row,
  azure,
  onLook,
}: Pick<RowProps<SubscriptionRow>, "row" | "azure"> & { readonly onLook: () => void }) {
  const { look, problem, state } = row;
  const name = visibleText(row.name);
  const instance = instanceIn(azure);
  const word = problem === undefined ? text.azure.lookHere : text.azure.tryAgain;
  return (
    <li>
      <div className="azure-row">
        <span>{name}</span>
        <span className="azure-row-state">
          {state === undefined ? null : (
            <ResultMark level="warning">{visibleText(state)}</ResultMark>
          )}
          {instance === undefined || look === "notLooked" ? null : (
            <LookMark look={look} instance={instance} />
          )}
        </span>
        {instance === undefined ? null : (
          <Button
            size="small"
            appearance="subtle"
            aria-label={`${word}: ${name}`}
            disabledFocusable={look === "looking"}
            onClick={onLook}
          >
            {word}
          </Button>
        )}
      </div>
      {problem === undefined ? null : <ProblemView problem={problem} />}
    </li>
  );
}

const levels = { looking: "waits", holds: "passed", refused: "failed" } as const;

interface LookMarkProps {
  readonly look: Exclude<Look, "notLooked">;
  readonly instance: string;
}

function LookMark({ look, instance }: LookMarkProps) {
  const words = text.azure.look[look](instance);
  if (look === "hasNot") return <span>{words}</span>;
  return <ResultMark level={levels[look]}>{words}</ResultMark>;
}

function againWord(problem: TenantRow["problem"]): string {
  return problem === undefined ? text.azure.readAgain : text.azure.tryAgain;
}

function instanceIn({ instanceAddress }: Azure): string | undefined {
  return instanceAddress === undefined
    ? undefined
    : visibleText(shortName("instance", instanceAddress));
}
