// Reads the endpoint URL of an instance: `tcp://<fqdn>:5022;Server=[<name>]` (Managed Instance link, configure by script).

export interface Partner {
  readonly host: string;
  /** The instance's short name, where the URL holds it. */
  readonly name: string | undefined;
}

/** Undefined where there is no URL, or it is not of that form. */
export function partnerOf(url: string | null): Partner | undefined {
  const host = /^tcp:\/\/([^:;/\s]+)/iu.exec(url ?? "")?.[1];
  if (host === undefined) return undefined;
  return { host, name: /;\s*server\s*=\s*\[([^\]]+)\]/iu.exec(url ?? "")?.[1] };
}

/** Whether the instance of that name is meant: the host is its own full name, or the URL's short name its first label. */
export function isInstanceOf(partner: Partner, serverName: string): boolean {
  const own = serverName.toLowerCase();
  return partner.host.toLowerCase() === own || partner.name?.toLowerCase() === own.split(".")[0];
}
