// Links that still have to be repaired, for the command line: what was read is remembered as the window does.
import type { Estate } from "../../shared/estate/estate.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { createRepairToDos } from "../services/repair-to-dos.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import type { Context } from "./context.ts";

/** One reading finds no split brain (it takes two), but ends one that is over. */
export function repairLines({ options }: Context, estate: Estate): readonly string[] {
  const toDos = createRepairToDos({
    dataFolder: () => openDataFolder(options.dataDir, thisMachine()),
    isRunning: () => false,
  });
  toDos.seen(estate);
  return toDos.list().map(({ sentence }) => visibleText(sentence));
}
