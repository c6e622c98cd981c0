// The words of the window Network test.
import type { Way, WebLayer, WebService } from "../../shared/network/contract.ts";

type SetBy = Extract<Way, { readonly kind: "proxy" }>["setBy"];

const setByWords: Readonly<Record<SetBy, string>> = {
  settings: "set here",
  environment: "from the environment (HTTPS_PROXY)",
  system: "set in the operating system",
};

export const networkWords = {
  title: "Network test",
  intro:
    "The web addresses that Azure needs, and how a request reaches each. SQL Server and the managed instance are tested in Connect.",
  practice:
    "The practice estate is on this computer and reached directly: what is set here holds for real servers alone.",
  proxy: "Proxy",
  proxies: { system: "Of the system or the environment", given: "This one" },
  address: "Proxy address",
  addressHint: "http://name:port; no login, since no password is written down",
  addressWrong: "A proxy looks like http://proxy.example:8080, without a login.",
  caFile: "Certificate authority",
  caFileHint: "A PEM file, trusted beside the others; empty: none",
  caFileOfSystem: "This window trusts what the operating system trusts: add an authority there.",
  save: "Save",
  test: "Test",
  testing: "Testing.",
  copy: "Copy result",
  unsaved: "Save first: the test uses what is saved.",
  services: { signIn: "Sign-in", arm: "Azure Resource Manager" } satisfies Record<
    WebService,
    string
  >,
  layers: {
    name: "Name",
    port: "Way",
    tls: "TLS",
    answer: "Answer",
  } satisfies Record<WebLayer, string>,
  /** How a request would leave now. */
  way: {
    direct: "Directly, by no proxy.",
    proxy: (proxy: string, setBy: SetBy) => `Through the proxy ${proxy}, ${setByWords[setBy]}.`,
  },
} as const;
