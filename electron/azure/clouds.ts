// The clouds of Azure: where each one signs in, is managed, and what its tokens are for. The practice estate's is made, not listed.
import type { CloudName } from "../../shared/azure-registration.ts";
import { isLoopback } from "../sql/server-address.ts";

export interface Cloud {
  readonly name: CloudName | "practice";
  /** Host of the sign-in authority. */
  readonly authorityHost: string;
  /** Origin of Azure Resource Manager. */
  readonly armEndpoint: string;
  readonly armScope: string;
  readonly sqlScope: string;
  /** The practice estate alone: where its directory really listens, and whose certificate its ARM shows. */
  readonly practice?: { readonly authorityAddress: string; readonly authorityPem: string };
}

/** Source: "Azure Government developer guide", "Azure China developer guide", MSAL's authority metadata. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    name: "public",
    authorityHost: "login.microsoftonline.com",
    armEndpoint: "https://management.azure.com",
    armScope: "https://management.azure.com/.default",
    sqlScope: "https://database.windows.net/.default",
  },
  usGovernment: {
    name: "usGovernment",
    authorityHost: "login.microsoftonline.us",
    armEndpoint: "https://management.usgovcloudapi.net",
    armScope: "https://management.usgovcloudapi.net/.default",
    sqlScope: "https://database.usgovcloudapi.net/.default",
  },
  china: {
    name: "china",
    authorityHost: "login.partner.microsoftonline.cn",
    armEndpoint: "https://management.chinacloudapi.cn",
    armScope: "https://management.chinacloudapi.cn/.default",
    sqlScope: "https://database.chinacloudapi.cn/.default",
  },
};

/** What one line of the practice estate tells of its Azure, and its certificate authority. */
export interface PracticeAzure {
  /** `https://127.0.0.1:PORT`. */
  readonly armEndpoint: string;
  /** `https://<host>.invalid/organizations`. */
  readonly authority: string;
  /** `http://127.0.0.1:PORT`. */
  readonly authorityAddress: string;
  readonly authorityPem: string;
}

/** Throws Error for addresses that are not of this computer: a practice cloud reaches nothing else. */
export function practiceCloud(practice: PracticeAzure): Cloud {
  const { armEndpoint, authority, authorityAddress, authorityPem } = practice;
  const { host } = new URL(authority);
  const isHere = [armEndpoint, authorityAddress].every((url) => isLoopback(new URL(url).hostname));
  if (!isHere || !host.endsWith(".invalid")) {
    throw new Error(
      "The practice estate's Azure is on this computer, its authority ends in .invalid.",
    );
  }
  return {
    ...clouds.public,
    name: "practice",
    authorityHost: host,
    armEndpoint: new URL(armEndpoint).origin,
    practice: { authorityAddress: new URL(authorityAddress).origin, authorityPem },
  };
}

/** `tenant`: an id or a domain; null: whichever the account belongs to. */
export function authorityOf({ authorityHost }: Cloud, tenant: string | null): string {
  return `https://${authorityHost}/${encodeURIComponent(tenant ?? "organizations")}`;
}

/** Where a request to the authority really goes: the practice estate's name resolves nowhere. */
export function reachedAt(cloud: Cloud, url: string): string {
  const { practice, authorityHost } = cloud;
  const parsed = new URL(url);
  if (practice === undefined || parsed.host !== authorityHost) return url;
  return `${practice.authorityAddress}${parsed.pathname}${parsed.search}`;
}
