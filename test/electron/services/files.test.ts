// Saving: whole files, for their owner alone, over nothing that was there unless that was said.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFiles } from "../../../electron/services/files.ts";
import { AppError } from "../../../shared/errors/app-error.ts";

const hostile = ["a]b'c\"d $(x) 🏦.html", "line\nbreak.sql", "x".repeat(128)];

function folder(): string {
  return mkdtempSync(join(tmpdir(), "mi-link-files-"));
}

function codeOf(act: () => unknown): string {
  try {
    act();
    return "done";
  } catch (error) {
    if (error instanceof AppError) return error.problem.code;
    throw error;
  }
}

describe("file.save", () => {
  test.each(hostile)("writes %j whole, with mode 0600 and nothing beside it", (name) => {
    const at = folder();
    const path = join(at, name);
    const files = createFiles(undefined);
    expect(files.save({ path, text: "\uFEFFgrün 🏦\n", overwrite: false })).toEqual({ path });
    expect(readFileSync(path, "utf8")).toBe("\uFEFFgrün 🏦\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(at)).toEqual([name]);
  });

  test("leaves what is there as it is, unless it is to be written over", () => {
    const path = join(folder(), "report.html");
    writeFileSync(path, "before", { mode: 0o644 });
    const files = createFiles(undefined);
    expect(codeOf(() => files.save({ path, text: "after", overwrite: false }))).toBe("fileExists");
    expect(readFileSync(path, "utf8")).toBe("before");
    files.save({ path, text: "after", overwrite: true });
    expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["after", 0o600]);
  });

  test("does not follow a symbolic link to what it must not write", () => {
    const at = folder();
    const target = join(at, "target");
    writeFileSync(target, "kept");
    symlinkSync(target, join(at, "link"));
    createFiles(undefined).save({ path: join(at, "link"), text: "new", overwrite: true });
    expect([readFileSync(target, "utf8"), readFileSync(join(at, "link"), "utf8")]).toEqual([
      "kept",
      "new",
    ]);
  });

  test("refuses a path that is not whole, and a folder that is not there, and leaves nothing behind", () => {
    const files = createFiles(undefined);
    const at = folder();
    expect(codeOf(() => files.save({ path: "report.html", text: "", overwrite: false }))).toBe(
      "pathNotAbsolute",
    );
    const path = join(at, "gone", "report.html");
    expect(codeOf(() => files.save({ path, text: "", overwrite: false }))).toBe("fileNotWritten");
    expect(codeOf(() => files.save({ path: at, text: "", overwrite: true }))).toBe(
      "fileNotWritten",
    );
    expect(readdirSync(at)).toEqual([]);
    expect(existsSync(dirname(path))).toBe(false);
  });

  test("takes only a path that was picked, where there is a native dialog", async () => {
    const at = folder();
    const asked: string[] = [];
    const files = createFiles((name) => {
      asked.push(name);
      return Promise.resolve(join(at, name));
    });
    const path = join(at, "report.html");
    const save = () => files.save({ path, text: "x", overwrite: true });
    expect(codeOf(save)).toBe("pathNotPicked");
    await files.pickSavePath({ suggestedName: "../../report.html" });
    expect([asked, codeOf(save)]).toEqual([["report.html"], "done"]);
  });

  test("says that there is no native dialog where there is none", async () => {
    await expect(createFiles(undefined).pickSavePath({ suggestedName: "x" })).rejects.toMatchObject(
      { problem: { code: "noNativeDialog" } },
    );
  });
});

describe("file.listFolder", () => {
  test("lists folders and files in order, links by what they lead to", () => {
    const at = folder();
    for (const name of ["b", "A"]) mkdirSync(join(at, name));
    for (const name of hostile) writeFileSync(join(at, name), "");
    symlinkSync(join(at, "b"), join(at, "to-b"));
    symlinkSync(join(at, "nowhere"), join(at, "to-nowhere"));
    const listed = createFiles(undefined).listFolder({ folder: `${at}/b/..` });
    expect([listed.folder, listed.parent, listed.folders]).toEqual([
      at,
      dirname(at),
      ["A", "b", "to-b"],
    ]);
    expect([...listed.files].sort()).toEqual([...hostile, "to-nowhere"].sort());
  });

  test("begins at home, and the root has no parent", () => {
    const files = createFiles(undefined);
    expect(files.listFolder({ folder: null }).folder).toBe(homedir());
    expect(files.listFolder({ folder: "/" }).parent).toBeNull();
  });

  test("says of a folder that it cannot be read", () => {
    const path = join(folder(), "gone");
    expect(codeOf(() => createFiles(undefined).listFolder({ folder: path }))).toBe("folderNotRead");
    expect(codeOf(() => createFiles(undefined).listFolder({ folder: "." }))).toBe(
      "pathNotAbsolute",
    );
  });
});
