// The files beside ending a session: the same by hand, and what keeps its login out and lets it in again. They hold no secret.
import type { Side } from "../estate/estate.ts";
import { kindOfServer } from "../plan/actions/action-form.ts";
import type { Environment } from "../plan/plan.ts";
import { byteOrderMark } from "../script/script-file.ts";
import type { ScriptFile } from "../script/script-file.ts";
import type { SeenSession } from "../sql/end-session.ts";
import { endSessionBatch, rollbackStatus } from "../sql/end-session.ts";
import { keepLoginsOutBatch, letLoginsInBatch } from "../sql/keep-logins-out.ts";
import { scriptComments } from "../sql/quote.ts";
import { joinBatches, useMaster } from "../sql/script-batch.ts";

export interface ScriptPlace {
  readonly environment: Environment;
  readonly linkName: string;
  readonly side: Side;
  readonly serverName: string;
}

export function endSessionScript(place: ScriptPlace, seen: SeenSession): ScriptFile {
  return file(place, "end-session.sql", {
    purpose: [
      `It ends the session ${seen.sessionId} of ${seen.login}, logged in at ${seen.loginTime} by the server's own clock, and no other:`,
      "gone, otherSession, otherServer and notAllowedToSee mean that nothing was ended; killed means that KILL was taken.",
      "What the session has not committed is rolled back, which can take as long as the work did. How far it has come:",
      rollbackStatus(seen.sessionId),
      "It keeps nobody out: an application may connect again at once.",
    ],
    batch: endSessionBatch(seen),
  });
}

/** The second undoes the first. */
export function keepOutScripts(
  place: ScriptPlace,
  groupId: string,
  logins: readonly string[],
): readonly ScriptFile[] {
  const { serverName } = place;
  return [
    file(place, keepOutName, {
      purpose: [
        `It keeps these logins off ${serverName}: ${logins.join(", ")}.`,
        "It disables them, for every database of the server. Sessions that are open stay open: end them afterwards.",
        "Left alone: sysadmin, the login that runs this, what is disabled already, Windows and Entra groups and who comes in by one.",
        `Which ones it disabled is remembered as the members of a server role; ${letInName} enables only those.`,
      ],
      batch: keepLoginsOutBatch({ serverName, groupId, logins }),
    }),
    file(place, letInName, {
      purpose: [
        `It undoes ${keepOutName}: it enables exactly the logins that were disabled there.`,
      ],
      batch: letLoginsInBatch({ serverName, groupId }),
    }),
  ];
}

const keepOutName = "keep-logins-out.sql";
const letInName = "let-logins-in.sql";

interface Content {
  readonly purpose: readonly string[];
  readonly batch: string;
}

function file(place: ScriptPlace, fileName: string, { purpose, batch }: Content): ScriptFile {
  const { environment, linkName, side, serverName } = place;
  const heading = scriptComments([
    `${environment.toUpperCase()}. MI Link Failover: the workload of the link ${linkName}.`,
    `Run this file on ${serverName} (${kindOfServer(side)}).`,
    "",
    ...purpose,
    "",
    "It checks its own server before it acts.",
  ]);
  return {
    fileName,
    server: serverName,
    text: byteOrderMark + joinBatches([heading, useMaster, batch]),
  };
}
