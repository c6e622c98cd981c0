// Links that still have to be repaired, for the command line: what was read is remembered as the window does.
import type { Estate } from "../../shared/estate/estate.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { RepairToDos } from "../services/repair-to-dos.ts";
import { createRepairToDos } from "../services/repair-to-dos.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import type { Context } from "./context.ts";

/** One reading finds no split brain (it takes two), but ends one that is over. */
export function repairLines(context: Context, estate: Estate): readonly string[] {
  const toDos = toDosOf(context);
  toDos.seen([estate]);
  return toDos.list().map(({ sentence }) => visibleText(sentence));
}

/** What the journals of this computer and earlier readings tell. */
export function toDosOf({ options }: Context): RepairToDos {
  return createRepairToDos({
    dataFolder: () => openDataFolder(options.dataDir, thisMachine()),
    isRunning: () => false,
  });
}
