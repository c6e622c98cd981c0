// Lists in pages: `value`, and `nextLink` while there is more.
import { ArmError } from "./errors.ts";

/** Small, so that a practice never fits on one page by luck. */
const pageSize = 2;
const skipToken = "$skipToken";

export interface Page<Item> {
  readonly value: readonly Item[];
  readonly nextLink?: string;
}

/** The page that the address asks for. Throws 400 for a skip token that is none. */
export function pageOf<Item>(items: readonly Item[], url: URL): Page<Item> {
  const start = startOf(url);
  const end = start + pageSize;
  const value = items.slice(start, end);
  if (end >= items.length) return { value };
  const next = new URL(url);
  next.searchParams.set(skipToken, Buffer.from(`skip=${end}`).toString("base64url"));
  return { value, nextLink: next.href };
}

function startOf(url: URL): number {
  const token = url.searchParams.get(skipToken);
  if (token === null) return 0;
  const skip = /^skip=(\d{1,6})$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1];
  if (skip === undefined) throw new ArmError(400, "InvalidSkipToken", "The skip token is invalid.");
  return Number(skip);
}
