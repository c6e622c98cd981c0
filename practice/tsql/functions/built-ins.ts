// Every function the practice estate knows, by upper-case name.
import type { BuiltIn } from "./define.ts";
import { logicFunctions } from "./logic.ts";
import { mathFunctions } from "./math.ts";
import { serverFunctions } from "./server.ts";
import { textFunctions } from "./text.ts";
import { timeFunctions } from "./time.ts";

const scalars: ReadonlyMap<string, BuiltIn> = new Map(
  [logicFunctions, mathFunctions, serverFunctions, textFunctions, timeFunctions].flatMap((table) =>
    Object.entries(table),
  ),
);
/** Functions over many rows; bind-aggregate.ts translates them. */
const aggregates: ReadonlySet<string> = new Set([
  "AVG",
  "COUNT",
  "COUNT_BIG",
  "MAX",
  "MIN",
  "STRING_AGG",
  "SUM",
  "DENSE_RANK",
  "LAG",
  "LEAD",
  "RANK",
  "ROW_NUMBER",
]);

export const builtIn = (name: string): BuiltIn | undefined => scalars.get(name);
export const isAggregate = (name: string): boolean => aggregates.has(name);
/** Whether a call of `name` can be bound at all; otherwise it is Msg 195. */
export const isBuiltIn = (name: string): boolean => scalars.has(name) || aggregates.has(name);
