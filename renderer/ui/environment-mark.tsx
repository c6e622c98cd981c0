// PRACTICE, TEST or PRODUCTION beside a name, in the environment's colour and always as a word.
import type { Environment } from "../../shared/plan/plan.ts";
import { text } from "../text.ts";
import "./environment-mark.css";

export function EnvironmentMark({ environment }: { readonly environment: Environment }) {
  return (
    <span className={`environment-mark environment-${environment}`}>
      {text.environment.word[environment]}
    </span>
  );
}
