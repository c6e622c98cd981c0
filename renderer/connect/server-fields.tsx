// The upper half of the Connect window: which server, where, how encrypted, and what it is used for.
import { Checkbox, Field } from "@fluentui/react-components";
import type { Environment } from "../../shared/plan/plan.ts";
import { text } from "../text.ts";
import { Choice } from "../ui/choice.tsx";
import { TextField } from "../ui/text-field.tsx";
import { isWorking } from "./connect-state.ts";
import type { ConnectFields } from "./connect-state.ts";
import type { Connecting } from "./use-connect.ts";

export interface ServerFieldsProps extends Pick<Connecting, "state" | "tell"> {
  readonly isPractice: boolean;
}

export function ServerFields({ state, tell, isPractice }: ServerFieldsProps) {
  const { fields } = state;
  const words = text.connect;
  const isDisabled = isWorking(state);
  const change = (changed: Partial<ConnectFields>) => {
    tell({ kind: "changed", fields: changed });
  };
  const isServerMissing = state.isTried && fields.server.trim() === "";
  return (
    <>
      <Choice
        label={words.serverType}
        value={fields.side}
        options={["box", "instance"]}
        words={words.sides}
        isDisabled={isDisabled}
        onChange={(side) => {
          change({ side });
        }}
      />
      <TextField
        label={words.server}
        value={fields.server}
        hint={words.serverHint[fields.side]}
        missing={isServerMissing ? words.missing.server : undefined}
        maxLength={300}
        isDisabled={isDisabled}
        onChange={(server) => {
          change({ server });
        }}
      />
      {fields.side === "box" ? null : (
        <Field hint={words.publicEndpointHint} className="connect-tick">
          <Checkbox
            label={words.usePublicEndpoint}
            checked={fields.usePublicEndpoint}
            disabled={isDisabled}
            onChange={(_event, data) => {
              change({ usePublicEndpoint: data.checked === true });
            }}
          />
        </Field>
      )}
      <Choice
        label={words.encryption}
        value={fields.encrypt}
        options={["strict", "mandatory", "optional"]}
        words={words.encryptions}
        isDisabled={isDisabled}
        onChange={(encrypt) => {
          change({ encrypt });
        }}
      />
      <Choice<Environment>
        label={words.environment}
        value={fields.environment}
        options={isPractice ? ["practice", "test", "production"] : ["production", "test"]}
        words={words.environments}
        isDisabled={isDisabled}
        onChange={(environment) => {
          change({ environment });
        }}
      />
    </>
  );
}
