// What was typed as a proxy: its address as it is kept. Pure.
import { isProxyAddress } from "../../shared/network/network-settings.ts";

/** `http://` may be left out, and a slash be at the end. Undefined: no proxy's address, or one with a login. */
export function proxyTyped(text: string): string | undefined {
  const typed = text.trim().replace(/\/$/, "");
  const address = /^\w+:\/\//.test(typed) ? typed : `http://${typed}`;
  return isProxyAddress(address) ? address : undefined;
}
