// Check: "Can you come back?", as the instance's update policy, SQL Server's version and the choice for the link have it.
import { waysOf } from "../ways/ways-of.ts";
import type { Check } from "./check.ts";
import { failed, passed, placeOf, unknown, warning } from "./check.ts";

/** Whoever migrates may accept that there is no way back; a link that stays needs one. */
export const updatePolicy: Check = ({ estate, link, choices }) => {
  const place = placeOf("updatePolicy", estate.instance);
  const { comeBack, refusal, keep } = waysOf(estate, link, choices);
  const { kind, sentence, remedy } = comeBack;
  switch (kind) {
    case "yes":
      return [passed(place, sentence)];
    case "offline":
      return [warning(place, sentence, remedy)];
    case "unknown":
      return [unknown(place, false, { summary: sentence, remedy })];
    case "no":
      break;
  }
  if (refusal?.because === "policy") return [failed(place, sentence, remedy)];
  return keep.kind === "closed" && keep.because === "policy" && choices.keepLink
    ? [failed(place, sentence, keep.remedy)]
    : [warning(place, sentence, remedy)];
};
