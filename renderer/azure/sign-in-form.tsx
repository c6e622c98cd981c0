// Signing in: by the system's browser or with a device code, with its time-out in sight and a cancel that works.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { TextField } from "../ui/text-field.tsx";
import { DeviceCodeView } from "./device-code-view.tsx";
import { SignInWays } from "./sign-in-ways.tsx";
import type { Azure } from "./use-azure.ts";

export function SignInForm({ azure }: { readonly azure: Azure }) {
  const { stage } = azure;
  return (
    <div className="azure-panel">
      {stage.kind === "idle" ? <Ways azure={azure} /> : <Waiting azure={azure} />}
      <StageProblem stage={stage} />
    </div>
  );
}

/** Why the last sign-in did not succeed. */
export function StageProblem({ stage }: Pick<Azure, "stage">) {
  return stage.kind === "idle" && stage.problem !== undefined ? (
    <ProblemView problem={stage.problem} />
  ) : null;
}

function Ways({ azure }: { readonly azure: Azure }) {
  const [tenant, setTenant] = useState("");
  return (
    <>
      <p>{text.azure.notSignedIn}</p>
      <TextField
        label={text.azure.tenant}
        value={tenant}
        hint={text.azure.tenantHint}
        maxLength={300}
        onChange={setTenant}
      />
      <SignInWays azure={azure} tenant={tenant.trim() === "" ? null : tenant.trim()} />
    </>
  );
}

function Waiting({ azure }: { readonly azure: Azure }) {
  const { stage } = azure;
  const code = stage.kind === "deviceCode" ? stage.code : undefined;
  return (
    <>
      {code === undefined ? (
        <Spinner
          size="extra-tiny"
          labelPosition="after"
          label={text.azure.waitingFor[stage.kind === "idle" ? "browser" : stage.kind]}
        />
      ) : (
        <DeviceCodeView code={code} />
      )}
      <div className="azure-ways" hidden={stage.kind === "azureCli"}>
        <Button size="small" onClick={azure.cancelSignIn}>
          {text.azure.cancel}
        </Button>
      </div>
    </>
  );
}
