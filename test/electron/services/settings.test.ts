// Settings: what was written is read again; a damaged file costs a sentence and no start.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSettings, writeSettings } from "../../../electron/services/settings.ts";

function folder(content?: string): string {
  const at = mkdtempSync(join(tmpdir(), "mi-link-settings-"));
  if (content !== undefined) writeFileSync(join(at, "settings.json"), content);
  return at;
}

const nowhere = { cloud: "public", clientId: null } as const;
const china = { cloud: "china", clientId: "5c8f1d2e-9a43-4b67-8e10-d3f6a2b7c954" } as const;

/** As they are where nobody has touched them. */
const plain = {
  zoomPercent: 100,
  notify: true,
  network: { proxy: null, caFile: null },
} as const;

describe("settings", () => {
  test("are the defaults without a word before anything was written", () => {
    expect(readSettings(folder())).toEqual({ showIntroduction: true, azure: nowhere, ...plain });
  });

  test("are read as they were written, from one file for its owner alone", () => {
    const at = folder();
    writeSettings(at, { showIntroduction: false, azure: china });
    expect(readSettings(at)).toEqual({ showIntroduction: false, azure: china, ...plain });
    expect(readdirSync(at)).toEqual(["settings.json"]);
    expect(statSync(join(at, "settings.json")).mode & 0o777).toBe(0o600);
  });

  test("stay as they are where a change does not name them", () => {
    const at = folder();
    writeSettings(at, { azure: china });
    writeSettings(at, { showIntroduction: false });
    expect(readSettings(at)).toEqual({ showIntroduction: false, azure: china, ...plain });
    writeSettings(at, { azure: nowhere });
    expect(readSettings(at)).toEqual({ showIntroduction: false, azure: nowhere, ...plain });
  });

  test("remember how large the page is drawn, and whether the system tells of runs", () => {
    const at = folder();
    writeSettings(at, { zoomPercent: 150 });
    writeSettings(at, { notify: false });
    expect(readSettings(at)).toMatchObject({ zoomPercent: 150, notify: false });
  });

  test("remember the way to Azure, and take no proxy with a login from the file", () => {
    const at = folder();
    const network = { proxy: "http://proxy.adatum.example:8080", caFile: "/etc/adatum.pem" };
    writeSettings(at, { network });
    expect(readSettings(at)).toMatchObject({ network });
    const withLogin = JSON.stringify({
      showIntroduction: true,
      network: { ...network, proxy: "http://gate:secret@proxy.adatum.example:8080" },
    });
    expect(readSettings(folder(withLogin))).toMatchObject({
      network: { proxy: null, caFile: null },
      problem: { code: "settingsDamaged" },
    });
  });

  test("of an earlier version have the default for what it did not know", () => {
    expect(readSettings(folder('{"showIntroduction":false}'))).toEqual({
      showIntroduction: false,
      azure: nowhere,
      ...plain,
    });
  });

  const wrongCloud = '{"showIntroduction":true,"azure":{"cloud":"moon","clientId":null}}';
  test.each(["", "{", "null", "[]", '{"showIntroduction":"no"}', wrongCloud, "\u0000"])(
    "are the defaults and a told problem where the file holds %j, until the next change",
    (content) => {
      const at = folder(content);
      expect(readSettings(at)).toMatchObject({
        showIntroduction: true,
        problem: { code: "settingsDamaged" },
      });
      expect(readFileSync(join(at, "settings.json"), "utf8")).toBe(content);
      writeSettings(at, { showIntroduction: false });
      expect(readSettings(at)).toEqual({ showIntroduction: false, azure: nowhere, ...plain });
    },
  );

  test("of a later version keep what this one knows", () => {
    expect(readSettings(folder('{"showIntroduction":false,"later":1}'))).toEqual({
      showIntroduction: false,
      azure: nowhere,
      ...plain,
    });
  });

  test("that cannot be written say so", () => {
    const at = folder();
    mkdirSync(join(at, "settings.json"));
    expect(() => writeSettings(at, { showIntroduction: true })).toThrow("cannot be written");
    expect(readSettings(at)).toMatchObject({ problem: { code: "settingsDamaged" } });
  });
});
