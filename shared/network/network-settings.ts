// What an operator sets for the way to Azure: a proxy, and a certificate authority to trust beside the others. No secret.

export interface NetworkSettings {
  /** `http://host:port`; null: the proxy of the system, or of the environment. */
  readonly proxy: string | null;
  /** Path of a PEM file; null: none. */
  readonly caFile: string | null;
}

export const plainNetwork: NetworkSettings = { proxy: null, caFile: null };

/** `http://host:port`, without a login: no password of a proxy is ever written down. */
export function isProxyAddress(text: string): boolean {
  const port = /^http:\/\/(?:[\w.-]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(text)?.[1];
  return port !== undefined && Number(port) > 0 && Number(port) <= 65_535;
}
