// Sign-in to Azure with tenants and subscriptions: one panel, in a window of its own and on the wizard's page.
import { Button } from "@fluentui/react-components";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { DirectoryList } from "./directory-list.tsx";
import { SignInForm, StageProblem } from "./sign-in-form.tsx";
import { lifeOf } from "./token-life.ts";
import type { Azure } from "./use-azure.ts";
import { useNow } from "../ui/use-now.ts";
import "./azure.css";

export function AzurePanel({ azure }: { readonly azure: Azure }) {
  if (azure.account === null || azure.stage.kind !== "idle") return <SignInForm azure={azure} />;
  return <SignedIn azure={azure} account={azure.account} />;
}

function SignedIn({
  azure,
  account,
}: {
  readonly azure: Azure;
  readonly account: NonNullable<Azure["account"]>;
}) {
  const now = useNow(1000);
  const tokens = [
    ["ARM", account.armTokenUntil],
    ["SQL", account.sqlTokenUntil],
  ] as const;
  return (
    <div className="azure-panel">
      <dl className="azure-facts">
        <div>
          <dt>{text.azure.signedInAs}</dt>
          <dd>{visibleText(account.name)}</dd>
        </div>
        {tokens.map(([audience, until]) => (
          <div key={audience}>
            <dt>{text.azure.token(audience)}</dt>
            <dd>{lifeOf(until, now)}</dd>
          </div>
        ))}
      </dl>
      <DirectoryList key={azure.instanceAddress ?? ""} azure={azure} />
      <StageProblem stage={azure.stage} />
      <Button size="small" className="azure-alone" onClick={azure.signOut}>
        {text.azure.signOut}
      </Button>
    </div>
  );
}
