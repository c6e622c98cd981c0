// What cannot be called back needs more than a hash: the link's name, typed on the command line or on the terminal.
import type { Problem } from "../../shared/errors/app-error.ts";
import { isLinkNameTyped, linkNameNotTyped } from "../../shared/forced/confirmed.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { approvalProblem } from "./approval.ts";
import type { Context } from "./context.ts";
import { UsageError } from "./usage-error.ts";
import { planLines } from "./words.ts";

export interface Confirmation {
  /** 'a forced run': what needs it. */
  readonly what: string;
  /** Where hash and name are shown: '`plan --force`'. */
  readonly shownBy: string;
  /** Stand before the plan. */
  readonly first: readonly string[];
  /** 'Data can be lost.': stands before the question. */
  readonly risk: string;
  /** 'to force it' */
  readonly purpose: string;
}

/** The hash and the link's name on the command line, or the name typed on the terminal. Throws UsageError where there is none. */
export async function notConfirmed(
  { options, terminal }: Context,
  approved: { readonly plan: Plan; readonly hash: string },
  words: Confirmation,
): Promise<Problem | undefined> {
  const { plan, hash } = approved;
  const otherPlan = approvalProblem(options, approved);
  if (otherPlan !== undefined) return otherPlan;
  const name = visibleText(plan.link.name);
  let typed = options.typedLinkName;
  if (options.approve === undefined || typed === undefined) {
    if (!terminal.isInteractive) {
      throw new UsageError(
        `Without a terminal, ${words.what} needs --approve HASH and --link-name NAME; ${words.shownBy} shows both.`,
      );
    }
    terminal.tell([...words.first, ...planLines(plan, hash)].join("\n"));
    typed = await terminal.ask(
      `\n${words.risk} Type the name of the link, ${name}, ${words.purpose}: `,
    );
  }
  return isLinkNameTyped(plan.link.name, typed)
    ? undefined
    : linkNameNotTyped(plan.link.name, words.purpose);
}

/** Whether the link is deleted in Azure, which nothing calls back. */
export function deletesLink({ steps }: Plan): boolean {
  return steps.some(({ action }) => action.kind === "removeLink");
}
