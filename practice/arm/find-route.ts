// From an address to its route and the names in it.
import { ArmError } from "./errors.ts";
import { routes, type Route } from "./routes.ts";

export interface FoundRoute {
  readonly route: Route;
  readonly names: Readonly<Record<string, string>>;
  /** The path as it was asked for, decoded, without the part from `providers/Microsoft.Authorization` on. */
  readonly scope: string;
}

/** Segments compare without case. Throws 404 for an address nothing answers, 400 for one that is badly encoded. */
export function findRoute(url: URL): FoundRoute {
  const segments = decoded(url.pathname.replace(/\/$/, "").split("/"));
  for (const route of routes) {
    const names = match(route.pattern.split("/"), segments);
    if (names === undefined) continue;
    const scope = segments.join("/").replace(/\/providers\/Microsoft\.Authorization\/.*$/i, "");
    return { route, names, scope };
  }
  throw new ArmError(
    404,
    "InvalidResourceType",
    `The practice estate has no resource at '${segments.join("/")}'.`,
  );
}

function decoded(segments: readonly string[]): readonly string[] {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    throw new ArmError(400, "BadRequest", "The address is not encoded as it should be.");
  }
}

function match(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name === undefined && expected.toLowerCase() !== segment.toLowerCase()) return undefined;
    if (name !== undefined) names[name] = segment;
  }
  return names;
}
