// The Azure CLI as a script sees it: strict about commands and options, each call sent to the practice ARM with a token.
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import path from "node:path";

const { PRACTICE_ARM: endpoint, PRACTICE_TOKEN: token, PRACTICE_CA: ca } = process.env;
const { PRACTICE_AZ_FOLDER: folder } = process.env;
const chosen = path.join(folder, "subscription");

/** Options by their long names, with the others that the real CLI takes for the same. */
const link = {
  "--resource-group": ["-g"],
  "--instance-name": ["--mi", "--managed-instance", "--managed-instance-name"],
  "--name": ["-n", "--link-name"],
};
const global = { "--output": ["-o"], "--query": [], "--only-show-errors": null };
const commands = {
  "account set": { options: { "--subscription": ["-s", "-n", "--name"] }, run: accountSet },
  "account show": { options: {}, run: accountShow },
  rest: {
    options: { "--method": ["-m"], "--url": ["-u", "--uri"], "--body": ["-b"] },
    run: rest,
  },
  "sql mi link show": { options: link, run: (given) => ask("GET", given) },
  "sql mi link update": {
    options: { ...link, "--replication-mode": [] },
    run: (given) =>
      ask("PATCH", given, "", { properties: { replicationMode: given["--replication-mode"] } }),
  },
  "sql mi link delete": {
    options: { ...link, "--yes": null, "--no-wait": null },
    run: (given) => confirmed(given) && ask("DELETE", given),
  },
  "sql mi link failover": {
    options: { ...link, "--failover-type": [], "--yes": null, "--no-wait": null },
    run: (given) =>
      confirmed(given) &&
      pattern(given["--name"], /^[#a-zA-Z_][\w@#$]*$/) &&
      ask("POST", given, "/failover", { failoverType: given["--failover-type"] }),
  },
};

const name = Object.keys(commands).find((one) =>
  process.argv.slice(2).join(" ").startsWith(`${one} `),
);
if (name === undefined)
  end(2, `'${process.argv.slice(2).join(" ")}' is misspelled or not recognized by the system.`);
const command = commands[name];
const given = parse(process.argv.slice(2 + name.split(" ").length), {
  ...global,
  ...command.options,
});
await command.run(given);

function parse(words, options) {
  const told = {};
  for (let index = 0; index < words.length; index += 1) {
    const found = Object.entries(options).find(
      ([long, others]) => long === words[index] || others?.includes(words[index]),
    );
    if (found === undefined) end(2, `unrecognized arguments: ${words[index]}`);
    const [long, others] = found;
    if (others === null) told[long] = true;
    else if (words[index + 1] === undefined) end(2, `argument ${long}: expected one argument`);
    else told[long] = words[(index += 1)];
  }
  if (options["--url"] !== undefined && told["--url"] === undefined) {
    end(2, "the following arguments are required: --uri/-u");
  }
  for (const long of Object.keys(link)) {
    if (options[long] !== undefined && told[long] === undefined) {
      end(2, `the following arguments are required: ${long}`);
    }
  }
  return told;
}

/** Without a terminal the real one ends here too. */
function confirmed(given) {
  if (given["--yes"] !== true)
    end(1, "Unable to prompt for confirmation as no tty available. Use --yes.");
  return true;
}

function pattern(value, allowed) {
  if (!allowed.test(value))
    end(1, `Invalid value of '--name'. Value should match: ${allowed.source}`);
  return true;
}

async function accountSet(given) {
  const subscription = await found(given["--subscription"]);
  writeFileSync(chosen, subscription.subscriptionId);
}

async function accountShow(given) {
  const subscription = await found(readFileSync(chosen, "utf8"));
  if (given["--query"] !== "tenantId" || given["--output"] !== "tsv")
    end(2, "only --query tenantId");
  process.stdout.write(`${subscription.tenantId}\n`);
}

/** Among those the account sees, as at the sign-in. */
async function found(id) {
  const { body } = await send("GET", "/subscriptions?api-version=2022-12-01");
  const subscription = body?.value?.find(({ subscriptionId }) => subscriptionId === id);
  if (subscription === undefined) {
    end(1, `The subscription of '${id}' doesn't exist in cloud 'AzureCloud'.`);
  }
  return subscription;
}

/** "az rest": an address without a host is Azure Resource Manager's; it waits for no operation. */
async function rest(given) {
  const method = (given["--method"] ?? "get").toUpperCase();
  if (!["GET", "PATCH", "DELETE"].includes(method)) end(2, `invalid choice: ${given["--method"]}`);
  const body = given["--body"] === undefined ? undefined : JSON.parse(given["--body"]);
  const answer = await send(method, given["--url"], body);
  if (answer.status >= 400) {
    end(1, `ERROR: ${answer.status}(${JSON.stringify(answer.body)})`);
  }
  if (given["--output"] === "none") return;
  if (given["--output"] !== "tsv") end(2, "only --output none and tsv");
  process.stdout.write(
    valuesOf(answer.body, given["--query"])
      .map((one) => `${one}\n`)
      .join(""),
  );
}

/** As much of JMESPath as the scripts ask for. */
function valuesOf(body, query) {
  if (query === "value[].name") return body.value.map(({ name: one }) => one);
  const property = /^properties\.(\w+)$/.exec(query ?? "")?.[1];
  if (property === undefined) return end(2, `not understood: --query ${query}`);
  return [body.properties[property] ?? ""];
}

async function ask(method, given, suffix = "", body) {
  const parts = [
    ["subscriptions", readFileSync(chosen, "utf8")],
    ["resourceGroups", given["--resource-group"]],
    ["providers", "Microsoft.Sql"],
    ["managedInstances", given["--instance-name"]],
    ["distributedAvailabilityGroups", given["--name"]],
  ];
  const address = parts.map(([kind, value]) => `/${kind}/${encodeURIComponent(value)}`).join("");
  // The practice ARM has the link's shape of today at one version alone; the CLI's own differs in nothing that is used here.
  const answer = await send(method, `${address}${suffix}?api-version=2025-01-01`, body);
  if (answer.status >= 400) failed(answer);
  if (answer.status === 202 && given["--no-wait"] !== true) await operationEnd(answer);
  if (given["--output"] !== "none" && answer.body !== undefined) {
    process.stdout.write(`${JSON.stringify(answer.body, undefined, 2)}\n`);
  }
}

async function operationEnd({ headers }) {
  const place = headers["azure-asyncoperation"] ?? headers.location;
  for (;;) {
    const polled = await send("GET", place);
    if (polled.status >= 400) failed(polled);
    const status = polled.body?.status;
    if (status === "Failed") failed({ status: 200, body: polled.body });
    if (polled.status !== 202 && (status === undefined || status === "Succeeded")) return;
    await new Promise((resolve) => {
      setTimeout(resolve, Number(polled.headers["retry-after"] ?? 1) * 100);
    });
  }
}

/** "Azure CLI exit codes": 3 where the resource is missing. */
function failed({ status, body }) {
  end(
    status === 404 ? 3 : 1,
    `ERROR: (${body?.error?.code ?? status}) ${body?.error?.message ?? ""}`,
  );
}

function send(method, address, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(address, endpoint),
      {
        method,
        ca: readFileSync(ca),
        agent: false,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (chunk) => (text += chunk));
        incoming.on("end", () => {
          const { statusCode: status, headers } = incoming;
          resolve({ status, headers, body: text === "" ? undefined : JSON.parse(text) });
        });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function end(code, sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
