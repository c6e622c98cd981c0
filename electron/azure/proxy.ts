// Which proxy a request of Node's client takes: the one that is set, the environment's, or none.
import { isLoopback, withoutBrackets } from "../sql/server-address.ts";

/** `system`: HTTPS_PROXY, ALL_PROXY or HTTP_PROXY but for what NO_PROXY lists, in either case of letters. */
export type ProxyChoice =
  | { readonly kind: "none" }
  | { readonly kind: "given"; readonly address: string }
  | { readonly kind: "system" };

export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** To the proxy itself by TLS; only the environment can say so. */
  readonly isSecure: boolean;
  /** Value of Proxy-Authorization; only the environment holds a login. */
  readonly authorization: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined: directly. What is on this computer is reached directly unless a proxy is given. */
export function proxyFor(
  url: string,
  choice: ProxyChoice,
  environment: Environment = process.env,
): Proxy | undefined {
  switch (choice.kind) {
    case "none":
      return undefined;
    case "given":
      return parsed(choice.address);
    case "system": {
      const { hostname } = new URL(url);
      if (isLoopback(hostname) || isExcepted(hostname, environment)) return undefined;
      const names = ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"];
      const address = names.map((name) => valueOf(name, environment)).find((one) => one !== "");
      return address === undefined ? undefined : parsed(address);
    }
  }
}

/** `host:port`, never its login. */
export function proxyName({ host, port }: Proxy): string {
  return `${host}:${port}`;
}

function valueOf(name: string, environment: Environment): string {
  return environment[name] ?? environment[name.toLowerCase()] ?? "";
}

/** As Azure's SDK reads NO_PROXY: whole names, and `.name` for the name and all below it. */
function isExcepted(hostname: string, environment: Environment): boolean {
  const listed = valueOf("NO_PROXY", environment)
    .split(",")
    .map((one) => one.trim());
  return listed.some((one) =>
    one.startsWith(".") ? `.${hostname}`.endsWith(one) : one === hostname,
  );
}

/** With or without its scheme, as curl takes it; another kind of proxy is none of ours. */
function parsed(address: string): Proxy | undefined {
  const url = /^\w+:\/\//.test(address) ? address : `http://${address}`;
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === "https:";
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: withoutBrackets(hostname),
    port: port === "" ? (isSecure ? 443 : 80) : Number(port),
    isSecure,
    authorization: username === "" ? undefined : `Basic ${Buffer.from(login).toString("base64")}`,
  };
}
