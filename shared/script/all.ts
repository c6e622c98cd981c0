// Every file that a plan leaves for people to run, in the order in which they are shown.
import type { Plan } from "../plan/plan.ts";
import type { ScriptFile } from "./script-file.ts";
import { toAzScript } from "./to-az.ts";
import { toPowershellScript } from "./to-powershell.ts";
import { toTsqlScripts } from "./to-tsql.ts";

/** `planHash` is the fingerprint that was approved, as hexadecimal digits. */
export function scriptsOf(plan: Plan, planHash: string): readonly ScriptFile[] {
  return [
    ...toTsqlScripts(plan, planHash),
    toPowershellScript(plan, planHash),
    toAzScript(plan, planHash),
  ];
}
