// What the command line remembers of a link while both sides answer, and recalls when one is gone.
import type { Estate } from "../../shared/estate/estate.ts";
import type { LinkMemory } from "../../shared/forced/link-memory.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import { recallLink, rememberLinks } from "../store/link-memory.ts";
import type { Context } from "./context.ts";

export function remember({ options }: Pick<Context, "options">, estate: Estate): void {
  rememberLinks(() => openDataFolder(options.dataDir, thisMachine()), estate);
}

export function recall(
  { options }: Pick<Context, "options">,
  groupId: string,
): LinkMemory | undefined {
  return recallLink(() => openDataFolder(options.dataDir, thisMachine()), groupId);
}
