// The lower half of the Connect window: who logs in.
import { hasPassword } from "../../shared/connect/saved-pair.ts";
import type { Account } from "../../shared/azure/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { Choice } from "../ui/choice.tsx";
import { TextField } from "../ui/text-field.tsx";
import { isWorking, missingFields } from "./connect-state.ts";
import type { ConnectFields, MissingField } from "./connect-state.ts";
import { pairWords } from "./pair-words.ts";
import { RememberPassword } from "./remember-password.tsx";
import type { Connecting } from "./use-connect.ts";

export interface LoginFieldsProps extends Pick<Connecting, "state" | "tell"> {
  readonly account: Account | null;
  /** Undefined while it is not known yet. */
  readonly canRemember: boolean | undefined;
}

export function LoginFields({ state, tell, account, canRemember }: LoginFieldsProps) {
  const { fields } = state;
  const words = text.connect;
  const isLocked = isWorking(state);
  const missing = state.isTried ? missingFields(fields, account) : [];
  const change = (changed: Partial<ConnectFields>) => {
    tell({ kind: "changed", fields: changed });
  };
  const missingWords = (name: "login" | "password") => {
    if (name === "login" && missing.includes("domain")) return words.missing.domain;
    return missing.includes(name) ? words.missing[name] : undefined;
  };
  const line = (name: MissingField & ("login" | "password"), type: "text" | "password") => (
    <TextField
      label={words[name]}
      value={fields[name]}
      type={type}
      missing={missingWords(name)}
      {...(name === "login" && fields.authentication === "windows"
        ? { hint: words.windowsHint }
        : {})}
      {...(name === "password" && fields.isPasswordKept
        ? { hint: pairWords.passwordRemembered }
        : {})}
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
        options={fields.side === "box" ? boxWays : instanceWays}
        words={words.authentications}
        isLocked={isLocked}
        onChange={(authentication) => {
          change({ authentication });
        }}
      />
      {hasPassword({ kind: fields.authentication }) ? (
        <>
          {line("login", "text")}
          {line("password", "password")}
          <RememberPassword
            canRemember={canRemember}
            isTicked={fields.rememberPassword}
            onTick={(rememberPassword) => {
              change({ rememberPassword });
            }}
          />
        </>
      ) : fields.authentication === "windowsSession" ? (
        <p className="connect-tick">{words.windowsSession}</p>
      ) : (
        <p className="connect-tick" role={missing.length > 0 ? "alert" : undefined}>
          {account === null ? words.entraNeedsSignIn : words.entraAs(visibleText(account.name))}
        </p>
      )}
    </>
  );
}

const instanceWays = ["sqlLogin", "windows", "entra"] as const;
/** An instance takes the Windows session by Microsoft Entra's Kerberos alone, which is not claimed here. */
const boxWays = ["sqlLogin", "windows", "windowsSession", "entra"] as const;
