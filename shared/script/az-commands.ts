// The commands of the Azure CLI that a script may use, with their options. A test holds every script against it.

export interface AzCommand {
  /** After `az`. */
  readonly name: string;
  readonly options: readonly string[];
  /** The oldest version of the Azure CLI that has all of it. */
  readonly since: string;
  readonly source: string;
}

const reference = "https://learn.microsoft.com/cli/azure";
const linkSource = `${reference}/sql/mi/link`;
const link = ["--resource-group", "--instance-name", "--name", "--output"];

/** `link failover` checks the link's name before it asks: letters, digits and _ @ # $, no hyphen. */
export const azFailoverName = /^[#a-zA-Z_][\w@#$]*$/u;

export const azCommands: readonly AzCommand[] = [
  {
    name: "account set",
    options: ["--subscription"],
    since: "2.0.0",
    source: `${reference}/account#az-account-set`,
  },
  {
    name: "account show",
    options: ["--query", "--output"],
    since: "2.0.0",
    source: `${reference}/account#az-account-show`,
  },
  // "az rest": an address without a host is one of Azure Resource Manager; it does not wait for an operation's end.
  {
    name: "rest",
    options: ["--method", "--url", "--body", "--query", "--output"],
    since: "2.67.0",
    source: `${reference}/reference-index#az-rest`,
  },
  // Ends with code 3 where there is no such link ("Azure CLI exit codes").
  { name: "sql mi link show", options: link, since: "2.47.0", source: linkSource },
  {
    name: "sql mi link update",
    options: [...link, "--replication-mode"],
    since: "2.47.0",
    source: linkSource,
  },
  // Both ask before they act unless --yes is given, and wait for the operation's end unless --no-wait is.
  {
    name: "sql mi link delete",
    options: [...link, "--yes"],
    since: "2.47.0",
    source: linkSource,
  },
  {
    name: "sql mi link failover",
    options: [...link, "--failover-type", "--yes"],
    since: "2.67.0",
    source: linkSource,
  },
];

/** Options that sqlcmd has in both of its variants, ODBC and Go, with the same meaning ("sqlcmd utility"). */
export const sqlcmdOptions: readonly string[] = [
  "-S",
  "-d",
  "-l",
  "-b",
  "-x",
  "-h",
  "-W",
  "-w",
  "-i",
  "-C",
];
