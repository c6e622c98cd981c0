// The lower half of the Connect window: who logs in.
import type { Account } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { Choice } from "../ui/choice.tsx";
import { TextField } from "../ui/text-field.tsx";
import { isWorking, missingFields } from "./connect-state.ts";
import type { ConnectFields, MissingField } from "./connect-state.ts";
import type { Connecting } from "./use-connect.ts";

export interface LoginFieldsProps extends Pick<Connecting, "state" | "tell"> {
  readonly account: Account | null;
}

export function LoginFields({ state, tell, account }: LoginFieldsProps) {
  const { fields } = state;
  const words = text.connect;
  const isLocked = isWorking(state);
  const missing = state.isTried ? missingFields(fields, account) : [];
  const change = (changed: Partial<ConnectFields>) => {
    tell({ kind: "changed", fields: changed });
  };
  const line = (name: MissingField & ("login" | "password"), type: "text" | "password") => (
    <TextField
      label={words[name]}
      value={fields[name]}
      type={type}
      missing={missing.includes(name) ? words.missing[name] : undefined}
      maxLength={name === "login" ? 128 : 4096}
      isLocked={isLocked}
      onChange={(value) => {
        change({ [name]: value });
      }}
    />
  );
  return (
    <>
      <Choice
        label={words.authentication}
        value={fields.authentication}
        options={["sqlLogin", "entra"]}
        words={words.authentications}
        isLocked={isLocked}
        onChange={(authentication) => {
          change({ authentication });
        }}
      />
      {fields.authentication === "sqlLogin" ? (
        <>
          {line("login", "text")}
          {line("password", "password")}
        </>
      ) : (
        <p className="connect-tick" role={missing.length > 0 ? "alert" : undefined}>
          {account === null ? words.entraNeedsSignIn : words.entraAs(visibleText(account.name))}
        </p>
      )}
    </>
  );
}
