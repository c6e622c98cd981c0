// The problems of a request that cannot be served. None of them repeats what was sent: it may have been a secret.
import type { z } from "zod";
import type { Problem } from "../../shared/errors/app-error.ts";
import { visibleText } from "../../shared/visible-text.ts";

const openAgain = "This is a mistake in the window: close it and open it again.";

export function notOurPage(): Problem {
  return mistake("notOurPage", "A request came from a page that is not this window's own.");
}

export function unknownRequest(name: string): Problem {
  return mistake("unknownRequest", `There is no request "${visibleText(name)}".`);
}

export function tooLarge(name: string): Problem {
  return mistake(
    "inputTooLarge",
    `${name} holds more than is taken in, or something else than plain data.`,
  );
}

export function requestIdInUse(name: string): Problem {
  return mistake(
    "requestIdInUse",
    `${name} was given the name of a request that is still under way.`,
  );
}

/** Names the first field that does not fit, by its path. */
export function inputRefused(name: string, error: z.ZodError): Problem {
  const [issue] = error.issues;
  const field = issue === undefined ? "" : fieldOf(issue);
  return {
    ...mistake("inputRefused", `${name}: the field "${field}" is not as expected.`),
    // zod's sentences say what was expected; of what came they name the type and unknown keys alone.
    detail: visibleText(issue?.message ?? "").slice(0, 300),
  };
}

export function cancelled(): Problem {
  return {
    code: "cancelled",
    class: "info",
    summary: "The request was cancelled.",
    remedy: "Ask again when it is needed.",
  };
}

/** No message and no stack of the error: either may hold what an operator typed. Its kind is enough to report. */
export function defect(name: string, error: unknown): Problem {
  const kind = error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : "unknown";
  return {
    code: "defect",
    class: "fatal",
    summary: `MI Link Failover itself failed in ${name}.`,
    detail: kind,
    remedy: "Read both sides before anything else, and report what was done just before.",
  };
}

function mistake(code: string, summary: string): Problem {
  return { code, class: "fatal", summary, remedy: openAgain };
}

function fieldOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String);
  const added = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const field = visibleText([...path, ...added].join(".")).slice(0, 100);
  return field === "" ? "input" : field;
}
