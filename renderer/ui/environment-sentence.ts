// Which servers a plan changes, and what they are marked as. Pure.
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { shortName } from "./short-name.ts";

/** Both sides: a plan for one of them still decides what the other one is worth. */
export function environmentSentence({ environment, box, instance }: Plan): string {
  const names = [shortName("box", box.serverName), shortName("instance", instance.serverName)].map(
    visibleText,
  );
  return `This plan is for ${names.join(" and ")}, marked as ${environment}.`;
}
