// The buttons that start a sign-in: by the system's browser, with a device code, or as whom the Azure CLI is signed in.
import { Button } from "@fluentui/react-components";
import { text } from "../text.ts";
import type { Azure } from "./use-azure.ts";

export interface SignInWaysProps {
  readonly azure: Azure;
  /** Null: whichever the account belongs to. */
  readonly tenant: string | null;
}

export function SignInWays({ azure, tenant }: SignInWaysProps) {
  return (
    <div className="azure-ways">
      {(["browser", "deviceCode", "azureCli"] as const).map((method) => (
        <Button
          key={method}
          size="small"
          onClick={() => {
            azure.signIn(method, tenant);
          }}
        >
          {text.azure[method]}
        </Button>
      ))}
    </div>
  );
}
