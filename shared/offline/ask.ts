// Asks what each side shows of an offline fail back; of a side that does not tell, the check says why.
import type { Place } from "../checks/check.ts";
import { placeOf } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { OfflineInput } from "./input.ts";
import { notRead } from "./restore-name.ts";

/** Of the instance. */
export function askSource(
  input: OfflineInput,
  check: string,
  ask: (place: Place, facts: SeenValue<OfflineInput["source"]>) => readonly Finding[],
): readonly Finding[] {
  const place = placeOf(check, input.estate.instance);
  return input.source.kind === "seen"
    ? ask(place, input.source.value)
    : [notRead(place, input.source)];
}

/** Of SQL Server. */
export function askTarget(
  input: OfflineInput,
  check: string,
  ask: (place: Place, facts: SeenValue<OfflineInput["target"]>) => readonly Finding[],
): readonly Finding[] {
  const place = placeOf(check, input.estate.box);
  return input.target.kind === "seen"
    ? ask(place, input.target.value)
    : [notRead(place, input.target)];
}

type SeenValue<T> = T extends { readonly kind: "seen"; readonly value: infer Value }
  ? Value
  : never;
