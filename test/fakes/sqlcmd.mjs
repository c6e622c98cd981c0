// sqlcmd as a script sees it: strict about its options, each file sent by FreeTDS.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Options with a value, and flags. */
const withValue = new Set(["-S", "-d", "-l", "-h", "-w", "-i"]);
const flags = new Set(["-b", "-x", "-W", "-C"]);
const given = {};
const words = process.argv.slice(2);
for (let index = 0; index < words.length; index += 1) {
  const word = words[index];
  if (flags.has(word)) given[word] = true;
  else if (withValue.has(word) && words[index + 1] !== undefined) given[word] = words[(index += 1)];
  else end(1, `Sqlcmd: '${word}': Unknown Option.`);
}
const { SQLCMDUSER: login, SQLCMDPASSWORD: password, PRACTICE_AZ_FOLDER: folder } = process.env;
if (given["-b"] !== true || given["-x"] !== true)
  end(1, "Sqlcmd: without -b and -x nothing is proved.");
if (login === undefined || password === undefined) end(1, "Sqlcmd: no login.");
const [, host, port] =
  /^(?:tcp:)?([^,]+),(\d+)$/.exec(given["-S"]) ?? end(1, "Sqlcmd: bad address.");

const config = path.join(folder, "freetds.conf");
const settings = ["tds version = 7.4", "client charset = UTF-8", "encryption = require"];
const lines = [`[practice]`, `host = ${host}`, `port = ${port}`, ...settings, ""];
writeFileSync(config, lines.join("\n"));
const text = readFileSync(given["-i"], "utf8").replace(/^\uFEFF/, "");
const { status, stdout, stderr } = spawnSync(
  "tsql",
  ["-S", "practice", "-U", login, "-P", password, "-D", given["-d"], "-o", "fhq"],
  {
    input: `${text}\nexit\n`,
    encoding: "utf8",
    env: { PATH: process.env.PATH, FREETDSCONF: config, LANG: "C.UTF-8" },
  },
);
process.stdout.write(stdout + stderr);
const severities = [...stderr.matchAll(/^Msg \d+ \(severity (\d+)/gm)].map(([, one]) =>
  Number(one),
);
// -b: an error of severity 11 or more ends it with 1.
process.exit(severities.some((one) => one > 10) ? 1 : (status ?? 1));

function end(code, sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
