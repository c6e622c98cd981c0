// The device code, the address to type it at, and how long it still holds.
import { text } from "../text.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { useNow } from "../ui/use-now.ts";
import type { DeviceCode } from "./azure-state.ts";
import { countdown } from "./token-life.ts";

export function DeviceCodeView({ code }: { readonly code: DeviceCode }) {
  const left = countdown(code.expiresAt, useNow(1000));
  return (
    <section className="device-code">
      <p role="status">{text.azure.enterCode(code.verificationUri)}</p>
      <div className="device-code-line">
        <output className="device-code-digits">{code.userCode}</output>
        <CopyButton word={text.azure.copyCode} textOf={() => code.userCode} />
      </div>
      <p>{left === undefined ? text.azure.codeEnded : text.azure.endsIn(left)}</p>
    </section>
  );
}
