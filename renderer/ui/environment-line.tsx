// Said where a plan is confirmed: of which environment the servers are that it changes.
import type { Plan } from "../../shared/plan/plan.ts";
import { EnvironmentMark } from "./environment-mark.tsx";
import { environmentSentence } from "./environment-sentence.ts";

export function EnvironmentLine({ plan }: { readonly plan: Plan }) {
  return (
    <p className="environment-line">
      <EnvironmentMark environment={plan.environment} /> {environmentSentence(plan)}
    </p>
  );
}
