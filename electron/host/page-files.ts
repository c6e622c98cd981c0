// Serves the built page to either host: files of one folder, with the content security policy that goes with them.
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

export interface PageResponse {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Nothing from elsewhere, nothing inline. Griffel makes empty style elements and fills them by insertRule: the hash is
 * the one of the empty text.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};

/** True for an address of our page's own origin; `origin` has no trailing slash. */
export function isOfOrigin(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`);
}

/** The file that an address of our origin means; 404 for what is missing, of another kind or outside `folder`. */
export async function readPageFile(folder: string, url: string): Promise<PageResponse> {
  const file = fileOf(folder, url);
  const type = file === undefined ? undefined : types[extname(file).toLowerCase()];
  if (file === undefined || type === undefined) return missing;
  try {
    return { status: 200, headers: headers(type), body: await readFile(file) };
  } catch {
    // No such file, or a folder: to a page there is no difference.
    return missing;
  }
}

function fileOf(folder: string, url: string): string | undefined {
  try {
    const asked = decodeURIComponent(new URL(url).pathname);
    const file = join(folder, normalize(asked === "/" ? "/index.html" : asked));
    return file.startsWith(folder + sep) && !file.includes("\0") ? file : undefined;
  } catch {
    // No address, or one with a broken escape.
    return undefined;
  }
}

function headers(type: string): PageResponse["headers"] {
  return {
    "Content-Type": type,
    "Content-Security-Policy": contentSecurityPolicy,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

const missing: PageResponse = {
  status: 404,
  headers: headers("text/plain; charset=utf-8"),
  body: Buffer.from("Not found"),
};
