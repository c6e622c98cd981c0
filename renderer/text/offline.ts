// The words of the window Offline fail back.
import { visibleText } from "../../shared/visible-text.ts";

export const offlineText = {
  title: "Offline fail back",
  lead: (database: string, box: string, instance: string) =>
    `${visibleText(database)} is backed up on ${visibleText(instance)} and restored on ${visibleText(box)} as a database of its own. Nothing is restored over a database, and both copies stay. Nothing may be written on ${visibleText(instance)} from the backup on: it would be missing.`,
  sides: "What both sides show",
  possible: "What is possible",
  notPossible: "Not possible, and no run is offered",
  refused: "Nothing was planned",
  reading: "Both sides are being read.",
  planning: "The checks are made and the plan is built from a fresh reading.",
  database: "Database",
  backup: "Backup",
  container: "Container URL",
  containerHint:
    "https://account.blob.core.windows.net/container. Each server needs a credential of that name: the instance by its managed identity or a shared access signature, SQL Server by a signature.",
  restored: "Restored database",
  folder: (box: string) => `Folder on ${visibleText(box)}`,
  folderHint:
    "As that server sees it. Each file of the backup is moved there; the plan names them.",
  under: "Restored under",
  newName: "A new name",
  oldName: (database: string) => `The old name, ${visibleText(database)}`,
  name: "New name",
  oldNameFree:
    "The old name has to be free first. You rename or drop the old copy yourself, outside this tool: nothing is ever restored over it.",
  typeName: (database: string) => `Type the name of the database, ${visibleText(database)}`,
  writers: "Writers",
  writersStopped: (instance: string, isOptional: boolean) =>
    `Why nobody can write on ${visibleText(instance)} any more${isOptional ? " (optional)" : ""}`,
  writersHint: {
    withLink:
      "It goes into the report. Only with it a log that a backup itself moves is not taken for a write.",
    withoutLink:
      "It goes into the report. Without a link the instance does not tell a write from what its own backups move.",
  },
  reason: (instance: string) => `Why nobody can write on ${visibleText(instance)}:`,
  next: "Next >",
  deed: "Back up and restore",
  of: { link: "the link", database: "the database" },
  typeFirst: (what: string) => `Closed: type the name of ${what} first.`,
} as const;
