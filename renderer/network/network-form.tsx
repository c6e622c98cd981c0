// Proxy and certificate authority of the way to Azure, as they are typed.
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import type { NetworkFacts } from "../../shared/network/contract.ts";
import type { NetworkSettings } from "../../shared/network/network-settings.ts";
import { Choice } from "../ui/choice.tsx";
import { TextField } from "../ui/text-field.tsx";
import { networkWords as words } from "../text/network.ts";
import { proxyTyped } from "./proxy-typed.ts";

export interface NetworkFormProps {
  readonly set: NetworkSettings;
  readonly trust: NetworkFacts["trust"];
  readonly isSaving: boolean;
  readonly onSave: (network: NetworkSettings) => void;
  /** Whether something is typed that is not saved. */
  readonly onTyped: (isUnsaved: boolean) => void;
}

interface Typed {
  readonly proxy: "system" | "given";
  readonly address: string;
  readonly caFile: string;
}

export function NetworkForm({ set, trust, isSaving, onSave, onTyped }: NetworkFormProps) {
  const [typed, setTyped] = useState<Typed>({
    proxy: set.proxy === null ? "system" : "given",
    address: set.proxy ?? "",
    caFile: set.caFile ?? "",
  });
  const [isTried, setTried] = useState(false);
  const wanted = settingsOf(typed);
  const change = (part: Partial<Typed>) => {
    const now = { ...typed, ...part };
    setTyped(now);
    onTyped(!isSame(settingsOf(now), set));
  };
  const isOfSystem = trust === "operatingSystem";
  return (
    <form
      className="azure-panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (wanted !== undefined) onSave(wanted);
      }}
    >
      <Choice
        label={words.proxy}
        value={typed.proxy}
        options={["system", "given"]}
        words={words.proxies}
        onChange={(proxy) => {
          change({ proxy });
        }}
      />
      {typed.proxy === "given" ? (
        <TextField
          label={words.address}
          value={typed.address}
          hint={words.addressHint}
          missing={isTried && wanted === undefined ? words.addressWrong : undefined}
          maxLength={300}
          onChange={(address) => {
            change({ address });
          }}
        />
      ) : null}
      <TextField
        label={words.caFile}
        value={typed.caFile}
        hint={isOfSystem ? words.caFileOfSystem : words.caFileHint}
        maxLength={4096}
        isLocked={isOfSystem}
        onChange={(caFile) => {
          change({ caFile });
        }}
      />
      <Button size="small" type="submit" className="azure-alone" disabledFocusable={isSaving}>
        {words.save}
      </Button>
    </form>
  );
}

/** Undefined while what is typed is no proxy. */
function settingsOf({ proxy, address, caFile }: Typed): NetworkSettings | undefined {
  const file = caFile.trim() === "" ? null : caFile.trim();
  if (proxy === "system") return { proxy: null, caFile: file };
  const given = proxyTyped(address);
  return given === undefined ? undefined : { proxy: given, caFile: file };
}

function isSame(one: NetworkSettings | undefined, other: NetworkSettings): boolean {
  return one?.proxy === other.proxy && one.caFile === other.caFile;
}
