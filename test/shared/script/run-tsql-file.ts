// Runs an exported T-SQL file by FreeTDS on the server that it is for.
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { TsqlFile } from "../../../shared/script/to-tsql.ts";
import { freeTds } from "../../practice/server/practice-estate.ts";
import { kinds } from "./practice-plan.ts";

/** FreeTDS prints messages and errors on standard error; the numbers in the order in which they came. */
export async function runTsqlFile(estate: PracticeEstate, file: TsqlFile) {
  const { stdout, stderr } = await freeTds(estate, kinds[file.side], file.text);
  return {
    rows: stdout,
    messages: stderr,
    errors: [...stderr.matchAll(/^Msg (\d+)/gmu)].map(([, number]) => Number(number)),
  };
}

/** The same for one of several, by its name. */
export function runTsqlFileNamed(
  estate: PracticeEstate,
  files: readonly TsqlFile[],
  name: string,
): ReturnType<typeof runTsqlFile> {
  const file = files.find(({ fileName }) => fileName === name);
  if (file === undefined) throw new Error(`There is no ${name}.`);
  return runTsqlFile(estate, file);
}
