// The upper half of the Connect window: which server, where, how encrypted, and what it is used for.
import { Checkbox } from "@fluentui/react-components";
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
  const isLocked = isWorking(state);
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
        isLocked={isLocked}
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
        isLocked={isLocked}
        onChange={(server) => {
          change({ server });
        }}
      />
      {fields.side === "box" ? null : (
        <div className="connect-tick">
          <Checkbox
            label={words.usePublicEndpoint}
            checked={fields.usePublicEndpoint}
            aria-disabled={isLocked}
            aria-describedby="connect-public-endpoint"
            onChange={(_event, data) => {
              change({ usePublicEndpoint: data.checked === true });
            }}
          />
          <p id="connect-public-endpoint">{words.publicEndpointHint}</p>
        </div>
      )}
      <Choice
        label={words.encryption}
        value={fields.encrypt}
        options={["strict", "mandatory", "optional"]}
        words={words.encryptions}
        isLocked={isLocked}
        onChange={(encrypt) => {
          change({ encrypt });
        }}
      />
      <Choice<Environment>
        label={words.environment}
        value={fields.environment}
        options={isPractice ? ["practice", "test", "production"] : ["production", "test"]}
        words={words.environments}
        isLocked={isLocked}
        onChange={(environment) => {
          change({ environment });
        }}
      />
    </>
  );
}
