// What a server is called in sentences.
import { visibleText } from "../visible-text.ts";
import type { SideReading } from "./estate.ts";

/** The server's own name, harmless to show; its address while it does not answer. */
export function nameOf(reading: SideReading): string {
  const name = reading.kind === "seen" ? reading.facts.server.serverName : reading.address;
  return visibleText(name);
}
