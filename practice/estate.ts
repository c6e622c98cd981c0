// Starts the practice estate: a world, its two servers and its Azure on loopback, and the authority that vouches for them.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startArm, type ArmFacts } from "./arm/start-arm.ts";
import { adjustableClock } from "./control/adjustable-clock.ts";
import { answerRequest } from "./control/answer-request.ts";
import type { ControlAnswer } from "./control/request.ts";
import { instanceLogins } from "./entra/instance-logins.ts";
import { startEntra, type EntraFacts } from "./entra/start-entra.ts";
import { findScenario } from "./scenarios/all.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { startPracticeServer, type Routing } from "./server/practice-server.ts";
import { createAuthority } from "./tds/authority.ts";
import type { WindowsHost } from "./tds/ntlm/messages.ts";
import type { ServerKey, ServerState, WorldSettings } from "./world/state.ts";
import { startingOver } from "./world/starting-over.ts";
import type { World } from "./world/world.ts";

export interface EstateOptions {
  /** A name of `--list`, or a scenario of the caller's own. */
  readonly scenario: string | Scenario;
  /** Instead of the scenario's own. */
  readonly settings?: Partial<WorldSettings>;
  /** `manual`: world time stands still until `world.advance`. `speed`: times real time. */
  readonly clock: "manual" | { readonly speed: number };
  /** How the instance's port answers a login; default `redirect`. */
  readonly routing?: Routing;
}

/** How to connect to one server. */
export interface ServerFacts {
  readonly kind: "sqlServer" | "managedInstance";
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly login: string;
  readonly password: string;
  /** A Windows account, DOMAIN\user, with the same rights; an instance has none. */
  readonly windows?: { readonly login: string; readonly password: string };
  readonly encrypt: "optional" | "mandatory";
}

export interface PracticeEstate {
  readonly scenario: string;
  /** SQL Server, its instance, and the instance of its other link where there is one. */
  readonly servers: readonly ServerFacts[];
  /** A file with the authority's certificate, PEM; gone after `stop`. */
  readonly caFile: string;
  readonly arm: ArmFacts;
  readonly entra: EntraFacts;
  readonly world: World;
  /** Every password, code and token given out so far. For tests that look where none of them may be. */
  handedOut(): readonly string[];
  /** One request of the control protocol (control/request.ts). */
  control(request: unknown): ControlAnswer;
  /** Resolves when `stop` has been called or asked for, with everything closed and removed. */
  readonly stopped: Promise<void>;
  stop(): Promise<void>;
}

/** The login of the practice estate; its password is made new at each start. */
const practiceLogin = "practice_dba";

/** The Windows domain that SQL Server is a member of. */
const domain = { name: "PRACTICE", dnsName: "practice.invalid" };

const newPassword = () => randomBytes(18).toString("base64url");

/** A manual clock starts here, so that a test sees the same times at each run. */
const manualStartMs = Date.UTC(2026, 10, 21, 8);

/** Throws for an unknown scenario. Everything listens on 127.0.0.1, ports chosen by the system. */
export async function startPracticeEstate(options: EstateOptions): Promise<PracticeEstate> {
  const scenario = scenarioOf(options.scenario);
  const clock =
    options.clock === "manual"
      ? adjustableClock(0, manualStartMs)
      : adjustableClock(options.clock.speed, Date.now());
  const asStarted = (one: Scenario): Scenario => ({
    ...one,
    settings: { ...one.settings, ...options.settings },
  });
  const { world, startOver } = startingOver(asStarted(scenario), clock);
  const ended = new AbortController();
  const wait = (ms: number) => world.wait(ms, ended.signal);
  const [authority, entra] = await Promise.all([
    createAuthority(),
    startEntra({ nowMs: Date.now, wait }),
  ]);
  const arm = await startArm({
    tls: await authority.issue([]),
    checkToken: (token, audience) => entra.checkToken(token, audience),
    service: { world, over: ended.signal },
  });

  const start = async (world: World, key: ServerKey, routing: Routing) => {
    const { name } = world.state[key];
    const login = { login: practiceLogin, password: newPassword() };
    const account = { login: `${domain.name}\\dba`, password: newPassword() };
    // An instance takes Windows logins by Microsoft Entra's Kerberos alone, which is not rehearsed here.
    const windows = key === "box" ? { account, host: hostIn(domain, world.state[key]) } : undefined;
    const encryption = key === "box" ? "optional" : "required";
    const tls = await authority.issue(isDnsName.test(name) ? [name] : []);
    const server = await startPracticeServer({
      world,
      key,
      tls,
      encryption,
      logins: windows === undefined ? [login] : [login, windows.account],
      windows: windows?.host,
      tokenLogins: key === "instance" ? instanceLogins(entra) : undefined,
      routing,
    });
    const facts: ServerFacts = {
      kind: key === "box" ? "sqlServer" : "managedInstance",
      name,
      host: "127.0.0.1",
      port: server.port,
      ...login,
      ...(windows === undefined ? {} : { windows: windows.account }),
      encrypt: key === "box" ? "optional" : "mandatory",
    };
    return { server, facts };
  };
  const started = [
    await start(world, "box", "off"),
    await start(world, "instance", options.routing ?? "redirect"),
  ];
  if (world.otherLink !== null) {
    started.push(await start(world.otherLink, "instance", options.routing ?? "redirect"));
  }
  const caFile = await writeCertificate(authority.caCertificatePem);

  const stopped = once(ended.signal).then(async () => {
    clock.stop();
    world.end();
    const open = [...started.map(({ server }) => server), arm, entra];
    await Promise.all(open.map((one) => one.stop()));
    await rm(path.dirname(caFile), { recursive: true, force: true });
  });
  const stop = (): Promise<void> => {
    ended.abort();
    return stopped;
  };
  return {
    scenario: scenario.name,
    servers: started.map(({ facts }) => facts),
    caFile,
    arm: arm.facts,
    entra: entra.facts,
    world,
    handedOut: () => [...started.flatMap(({ facts }) => passwordsOf(facts)), ...entra.handedOut()],
    control: (request) =>
      answerRequest(
        {
          world,
          clock,
          entra,
          arm,
          startOver: (name) => {
            startOver(asStarted(scenarioOf(name)));
            arm.startOver();
          },
          stop: () => void stop(),
        },
        request,
      ),
    stopped,
    stop,
  };
}

function scenarioOf(given: string | Scenario): Scenario {
  if (typeof given !== "string") return given;
  const scenario = findScenario(given);
  if (scenario === undefined) throw new Error(`There is no scenario '${given}'.`);
  return scenario;
}

function passwordsOf({ password, windows }: ServerFacts): readonly string[] {
  return windows === undefined ? [password] : [password, windows.password];
}

function hostIn({ name, dnsName }: typeof domain, { machineName }: ServerState): WindowsHost {
  return { domain: name, dnsDomain: dnsName, computer: machineName };
}

/** What a certificate can bear; under any other name a server is reached as localhost. */
const isDnsName = /^[\w-]+(\.[\w-]+)*$/;

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}

/** The certificate alone, in a new folder only this user can enter (mkdtemp makes it 0700); its key never leaves memory. */
async function writeCertificate(pem: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "mi-link-practice-"));
  const file = path.join(folder, "practice-ca.pem");
  await writeFile(file, pem, { mode: 0o600 });
  return file;
}
