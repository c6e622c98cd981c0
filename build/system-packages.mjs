// The Debian packages the tests use: installed when this is root on Debian, otherwise the line to type is printed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./child.mjs";

const packages = ["chromium", "freetds-bin", "fonts-dejavu-core", "fonts-liberation", "shellcheck"];
const aptGet = ["-o", "DPkg::Lock::Timeout=120"];
const installLine = [...aptGet, "install", "-y", "--no-install-recommends"];

function isInstalled(name) {
  const asked = spawnSync("dpkg-query", ["-W", "-f=${Status}", name], { encoding: "utf8" });
  return asked.status === 0 && asked.stdout.includes("install ok installed");
}

async function install(missing) {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", 2, 2],
  };
  // The package list of a new machine is empty or old; a failed update is told by the install after it.
  await run("apt-get", [...aptGet, "update", "-qq"], options);
  return run("apt-get", [...installLine, "-qq", ...missing], options);
}

/** Makes sure that what the tests need of the system is there; never changes a system that is not Debian or not ours to change. */
export async function ensureSystemPackages() {
  if (process.platform !== "linux" || !existsSync("/etc/debian_version")) {
    console.error(
      `Tests that need ${packages.join(", ")} are skipped where these are not installed.`,
    );
    return;
  }
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    console.error(`Missing: ${missing.join(", ")}. Type:`);
    console.error(`  sudo apt-get install --no-install-recommends ${missing.join(" ")}`);
    return;
  }
  console.error(`Installing ${missing.join(", ")} ...`);
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    if ((await install(missing)) === 0) return;
  }
  console.error(`Not installed: ${missing.join(", ")}. Tests that need them will say so.`);
}
