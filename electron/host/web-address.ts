// Which addresses are handed to the system's browser: web pages over TLS, and those of this computer.
import { isLoopback } from "../sql/server-address.ts";

/** Answers the address as it is to be opened. Throws Error for everything else: a system opens files and programs, too. */
export function webAddress(url: string): string {
  const { protocol, hostname, href } = new URL(url);
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return href;
  throw new Error("Only web addresses are opened in the browser.");
}
