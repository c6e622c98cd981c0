// Where a password comes from: an environment variable, an open file descriptor, or the operator's keyboard. Never an argument.
import { closeSync, readFileSync } from "node:fs";
import type { Side } from "../../shared/estate/estate.ts";
import type { PasswordSource, ServerOptions } from "./server-options.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Both passwords, asked for one after the other. Throws UsageError that names where nothing was found. */
export async function readPasswords(
  servers: Readonly<Record<Side, ServerOptions>>,
  terminal: Terminal,
): Promise<Readonly<Record<Side, string>>> {
  const box = await readPassword(servers.box, terminal);
  const instance = await readPassword(servers.instance, terminal);
  return { box, instance };
}

async function readPassword(server: ServerOptions, terminal: Terminal): Promise<string> {
  if (server.isLeftOut) return "";
  const password = await passwordFrom(server.password, server, terminal);
  if (password !== "") return password;
  throw new UsageError(`The password of ${server.login} on ${server.address.host} is empty.`);
}

async function passwordFrom(
  source: PasswordSource,
  server: ServerOptions,
  terminal: Terminal,
): Promise<string> {
  switch (source.kind) {
    case "environment": {
      const value = terminal.environment[source.variable];
      if (value !== undefined) return value;
      throw new UsageError(`The environment variable ${source.variable} is not set.`);
    }
    case "descriptor":
      return fromDescriptor(source.descriptor);
    case "none":
      return "";
    case "asked":
      if (!terminal.isInteractive) {
        throw new UsageError(
          `There is no terminal to ask for the password of ${server.login}: use -password-env or -password-fd.`,
        );
      }
      return terminal.askSecret(`Password of ${server.login} on ${server.address.host}: `);
  }
}

/** The first line. The descriptor is closed, so that no child process finds it open. */
function fromDescriptor(descriptor: number): string {
  try {
    const text = readFileSync(descriptor, "utf8");
    if (descriptor > 2) closeSync(descriptor);
    return text.split(/\r?\n/, 1)[0] ?? "";
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new UsageError(`The file descriptor ${String(descriptor)} cannot be read: ${reason}`);
  }
}
