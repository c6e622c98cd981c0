// SQL Server message numbers met while connecting and reading: login, database, permission, platform.
import type { SqlErrorRow } from "./sql-error-row.ts";

export const connectErrors: readonly SqlErrorRow[] = [
  {
    // Thrown by our own guards (shared/sql/guard.ts), never by the engine.
    numbers: [50001, 50002, 50003, 50004, 50005, 50006, 50007, 50008, 50009],
    class: "block",
    actOn: "bothSides",
    code: "guardRefused",
    meaning:
      "{server} is not as it was planned, so the guard ended the batch and nothing was changed.",
    remedy: "Read the message, look at both sides and make a new plan.",
  },
  {
    numbers: [18456],
    class: "block",
    actOn: "server",
    code: "loginFailed",
    meaning: "{server} refused the login.",
    remedy:
      "Check the login name and the password. The exact reason is in the error log of {server}.",
  },
  {
    // SQL Server says so of a wrong password as well: Windows tells it only that the proof failed.
    numbers: [18452],
    class: "block",
    actOn: "server",
    code: "windowsLoginRefused",
    meaning:
      "{server} refused the Windows login: the password is wrong, or the domain is one that it does not trust.",
    remedy:
      "Check domain, login and password. Else use a login of a domain that {server} trusts, or a SQL Server login.",
  },
  {
    numbers: [18470],
    class: "block",
    actOn: "server",
    code: "loginDisabled",
    meaning: "The login is disabled on {server}.",
    remedy: "Have it enabled on {server}, or use another login.",
  },
  {
    numbers: [18486],
    class: "block",
    actOn: "server",
    code: "loginLocked",
    meaning: "The login is locked on {server} after too many wrong passwords.",
    remedy: "Have it unlocked on {server}, or use another login.",
  },
  {
    numbers: [18487, 18488],
    class: "block",
    actOn: "server",
    code: "passwordExpired",
    meaning: "The password of the login has expired on {server} or must be changed.",
    remedy: "Change the password on {server} with another tool, then connect again.",
  },
  {
    numbers: [4060],
    class: "block",
    actOn: "server",
    code: "databaseNotAccessible",
    meaning: "{server} does not open the database asked for at login.",
    remedy: "Connect to master of {server}, and look whether the login may use the database.",
  },
  {
    numbers: [40615],
    class: "block",
    actOn: "instance",
    code: "addressNotAllowed",
    meaning: "{server} does not accept connections from this computer's address.",
    remedy: "Use the managed instance's private address, or have this address allowed.",
  },
  {
    numbers: [911],
    class: "block",
    actOn: "server",
    meaning: "{server} has no database of that name.",
    remedy: "Read the databases of {server} again.",
  },
  {
    numbers: [916],
    class: "block",
    actOn: "server",
    code: "noPermission",
    meaning: "The login may not use that database on {server}.",
    remedy: "Have the login mapped to a user there on {server}, or use another login.",
  },
  {
    numbers: [229, 230, 297, 300, 6004],
    class: "block",
    actOn: "server",
    code: "noPermission",
    meaning: "The login lacks a permission on {server}; the message names it.",
    remedy: "Ask for the permission named in the message on {server}, or use another login.",
  },
  {
    numbers: [976, 978, 979, 983],
    class: "wrongSide",
    actOn: "primary",
    code: "databaseNotReadable",
    meaning: "The database cannot be read on {server} now: it is secondary or changing its role.",
    remedy: "Wait while a role change is running; else read it on the primary.",
  },
  {
    numbers: [1205, 1222],
    class: "retry",
    actOn: "server",
    meaning: "{server} gave the statement up for another one that held a lock.",
    remedy: "Try again on {server}.",
  },
  {
    numbers: [10928, 10929, 40197, 40501, 40613],
    class: "retry",
    actOn: "server",
    meaning: "{server} is not available for a moment.",
    remedy: "Try {server} again in a few seconds.",
  },
  {
    numbers: [64, 121, 233, 258, 10053, 10054, 10060, 11001],
    class: "ambiguous",
    actOn: "bothSides",
    code: "connectionLost",
    meaning: "The connection to {server} broke.",
    remedy: "Connect again and read the roles of both sides before any other step.",
  },
];
