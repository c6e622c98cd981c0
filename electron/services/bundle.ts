// The support bundle: what it would hold is shown first, and exactly that is written. Names are replaced unless that is switched off.
import { readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { basename, join } from "node:path";
import type { BundleFile, BundlePreview, BundleRun } from "../../shared/bundle/contract.ts";
import { namesIn } from "../../shared/bundle/names-in.ts";
import { pseudonymsFor } from "../../shared/bundle/pseudonyms.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { AppFacts } from "../../shared/ipc.ts";
import type { KnownName } from "../../shared/log/entry.ts";
import { masked } from "../../shared/log/entry.ts";
import type { NetworkSettings } from "../../shared/network/network-settings.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { readJournal } from "../run/read-journal.ts";
import { operatorName } from "../run/who-runs.ts";
import { toolVersion } from "../run/tool-version.ts";
import type { AppLog } from "../store/app-log.ts";
import { isRunId, runFolder, runIdsOf } from "../store/run-folder.ts";
import { writeExport } from "../store/write-export.ts";
import { readSettings } from "./settings.ts";

export interface BundleService {
  /** Newest first. */
  readonly runs: () => readonly BundleRun[];
  readonly preview: (input: {
    readonly runIds: readonly string[];
    readonly replaceNames: boolean;
  }) => BundlePreview;
  /** The files of the newest preview, into a folder of their own. Throws AppError `bundleGone`, `bundleNotWritten`. */
  readonly write: (bundleId: string) => { readonly folder: string };
}

export interface BundleOptions {
  readonly dataFolder: () => string;
  readonly log: AppLog;
  readonly nowMs: () => number;
  readonly hostKind: AppFacts["host"];
}

export function createBundle(options: BundleOptions): BundleService {
  let shown: BundlePreview | undefined;
  const folderOf = (runId: string) => runFolder(options.dataFolder(), runId);
  return {
    runs: () =>
      [...runIdsOf(options.dataFolder())]
        .filter(isRunId)
        .reverse()
        .map((runId) => runOf(runId, folderOf(runId).journalFile)),
    preview({ runIds, replaceNames }) {
      const runs = runIds.filter(isRunId).map(folderOf);
      const files = [
        { fileName: "about.json", text: about(options) },
        ...fileFrom("settings.json", join(options.dataFolder(), "settings.json")),
        { fileName: "log.jsonl", text: logText(options.log) },
        ...runs.flatMap(({ runId, journalFile, reportFile }) => [
          ...fileFrom(`${runId}-journal.jsonl`, journalFile),
          ...fileFrom(`${runId}-report.md`, reportFile),
        ]),
      ];
      const names = [
        ...ownNames(),
        ...namesOfNetwork(readSettings(options.dataFolder()).network),
        ...options.log.read().flatMap(({ names: known = [] }) => known),
        ...runs.flatMap(({ journalFile }) => namesOfJournal(journalFile)),
      ];
      const pseudonyms = pseudonymsFor(names);
      const safe = (text: string) => (replaceNames ? pseudonyms.apply(masked(text)) : masked(text));
      shown = {
        bundleId: bundleIdAt(options.nowMs()),
        files: files.map(({ fileName, text }) => ({ fileName, text: safe(text) })),
        replaced: replaceNames ? pseudonyms.count() : 0,
      };
      return shown;
    },
    write(bundleId) {
      if (shown?.bundleId !== bundleId) throw new AppError(bundleGone);
      const folder = join(options.dataFolder(), "bundles", bundleId);
      writeExport(folder, shown.files, {
        code: "bundleNotWritten",
        what: "support bundle",
        option: "--data-dir",
      });
      return { folder };
    },
  };
}

const bundleGone = {
  code: "bundleGone",
  class: "block",
  summary: "That preview is not the newest one, so nothing was written.",
  remedy: "Look at the files again, then write them.",
} as const;

/** `20261122T040001Z`: sorts by time. */
function bundleIdAt(nowMs: number): string {
  return `${new Date(nowMs).toISOString().replace(/[-:]/gu, "").slice(0, 15)}z`.toLowerCase();
}

function runOf(runId: string, journalFile: string): BundleRun {
  try {
    const { started } = foldEvents(readJournal(journalFile).events);
    return { runId, summary: started?.plan.summary ?? "", startedAt: started?.at ?? null };
  } catch {
    // Its journal is part of the bundle all the same, as it is.
    return { runId, summary: "", startedAt: null };
  }
}

function about({ hostKind, nowMs }: BundleOptions): string {
  const { platform, arch, versions } = process;
  const { node, v8, electron = null, chrome = null } = versions as Readonly<Record<string, string>>;
  const madeAt = new Date(nowMs()).toISOString();
  const facts = {
    tool: toolVersion,
    madeAt,
    window: hostKind,
    platform,
    arch,
    node,
    v8,
    electron,
    chrome,
  };
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}

/** The names beside the words are only for the replacing. */
function logText(log: AppLog): string {
  return log
    .read()
    .map(({ at, level, area, words }) => `${JSON.stringify({ at, level, area, words })}\n`)
    .join("");
}

function fileFrom(fileName: string, path: string): readonly BundleFile[] {
  try {
    return [{ fileName, text: readFileSync(path, "utf8") }];
  } catch {
    // There is none: nothing was changed yet, or the run had no report.
    return [];
  }
}

/** This computer and whoever sits at it. */
function ownNames(): readonly KnownName[] {
  const user = basename(homedirOrNothing());
  return [
    { name: hostname(), kind: "host" },
    { name: operatorName(), kind: "user" },
    ...(user === "" ? [] : [{ name: user, kind: "user" } as const]),
  ];
}

/** Whole, since a proxy is often called that, which is a word of every file here. */
function namesOfNetwork({ proxy, caFile }: NetworkSettings): readonly KnownName[] {
  const address = proxy?.replace("http://", "") ?? "";
  return [address, address.replace(/:\d+$/u, ""), caFile ?? ""].map((name) => ({
    name,
    kind: "id",
  }));
}

function homedirOrNothing(): string {
  try {
    return homedir();
  } catch {
    // No home, no name in it.
    return "";
  }
}

/** Of every line that is JSON, also in a journal that cannot be read as one. */
function namesOfJournal(path: string): readonly KnownName[] {
  const [file] = fileFrom("", path);
  return (file?.text ?? "").split("\n").flatMap((line) => {
    try {
      return namesIn(JSON.parse(line));
    } catch {
      return [];
    }
  });
}
