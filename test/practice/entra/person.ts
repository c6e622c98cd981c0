// A person at a browser, driven by HTTP: opens the provider's pages, chooses an account, lets the answer be posted.
import { authorityHost } from "../../../practice/entra/directory.ts";

export type Choice = { readonly upn: string } | { readonly choice: "cancel" };

function fieldsOf(choice: Choice): Record<string, string> {
  return "upn" in choice ? { upn: choice.upn } : { choice: choice.choice };
}

export interface Page {
  readonly status: number;
  readonly title: string;
  /** What it says in case of trouble; empty otherwise. */
  readonly alert: string;
  readonly text: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The mapped authority's address, where the provider really is. */
export function mapped(url: string, address: string): string {
  return url.replace(`https://${authorityHost}`, address);
}

export async function openPage(url: string): Promise<Page> {
  return readPage(await fetch(url));
}

/** Posts a page's form with more fields; `address` completes an action without a host. */
export async function submit(
  page: Page,
  address: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const body = new URLSearchParams({ ...page.fields, ...more });
  return readPage(await fetch(new URL(page.action, address), { method: "POST", body }));
}

/** Presses the button of an account, or Cancel. */
export function choose(page: Page, address: string, choice: Choice): Promise<Page> {
  return submit(page, address, fieldsOf(choice));
}

/** What `acquireTokenInteractive` calls as its browser. */
export function browserOf(address: string, choice: Choice): (url: string) => Promise<void> {
  return async (url) => {
    const answer = await choose(await openPage(mapped(url, address)), address, choice);
    if (!answer.action.startsWith("http://localhost")) throw new Error(answer.text);
    await fetch(answer.action, { method: "POST", body: new URLSearchParams(answer.fields) });
  };
}

/** Types a device code and chooses. */
export async function typeDeviceCode(
  verificationUri: string,
  userCode: string,
  choice: Choice,
): Promise<Page> {
  const page = await openPage(verificationUri);
  return submit(page, verificationUri, { user_code: userCode, ...fieldsOf(choice) });
}

async function readPage(response: Response): Promise<Page> {
  const text = await response.text();
  const first = (pattern: RegExp): string => unescaped(pattern.exec(text)?.[1] ?? "");
  const inputs = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return {
    status: response.status,
    title: first(/<h1>([^<]*)</),
    alert: first(/<p role="alert">([^<]*)</),
    text,
    action: first(/<form method="post" action="([^"]*)"/),
    fields: Object.fromEntries(
      inputs.map(([, name = "", value = ""]) => [unescaped(name), unescaped(value)]),
    ),
  };
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
