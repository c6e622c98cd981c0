// A database to be brought back offline as both sides tell of it, with its link cut or gone.
import type { OfflineFailBackChoices } from "../../shared/choices/choices.ts";
import { defaultGateSettings } from "../../shared/choices/choices.ts";
import type { Estate, SideReading } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { buildOfflinePlan } from "../../shared/offline/build.ts";
import { checkOffline } from "../../shared/offline/checks.ts";
import type { OfflineInput } from "../../shared/offline/input.ts";
import type { LinkShape } from "./linked-estate.ts";
import { linkedEstate } from "./linked-estate.ts";
import type { MadeScenario } from "./scenario.ts";

const container = "https://adatum.blob.core.windows.net/fail-back";

/** Its plan with what its checks found. Throws where it is refused, with why. */
export function offlineScenario(
  shape: LinkShape,
  link: "there" | "gone",
  choices: Partial<OfflineFailBackChoices> = {},
): MadeScenario {
  return {
    made() {
      const input = offlineInput(shape, link, choices);
      const findings = checkOffline(input);
      const answer = buildOfflinePlan({ ...input, environment: "production", findings });
      if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings, null, 2));
      return { plan: answer.plan, findings };
    },
  };
}

export function offlineInput(
  shape: LinkShape,
  link: "there" | "gone",
  choices: Partial<OfflineFailBackChoices> = {},
): OfflineInput {
  const linked = linkedEstate({ ...shape, primary: "instance" });
  const estate = link === "there" ? linked : withoutLink(linked);
  const credentials = [{ name: container, identity: "SHARED ACCESS SIGNATURE" }];
  return {
    estate,
    link: findLinks(estate).links[0],
    database: shape.database,
    choices: {
      kind: "offlineFailBack",
      database: undefined,
      backupTo: container,
      restoreTo: "E:\\SQLData\\",
      restoreAs: undefined,
      overOldName: null,
      writersStopped: link === "gone" ? "The web servers are switched off" : null,
      gate: defaultGateSettings,
      ...choices,
    },
    source: {
      kind: "seen",
      value: {
        files: [
          { logicalName: "data_0", type: "ROWS" },
          { logicalName: "log", type: "LOG" },
          { logicalName: "XTP", type: "FILESTREAM" },
        ],
        encryptor: null,
        credentials,
        mayBackUp: true,
      },
    },
    target: { kind: "seen", value: { credentials, filesInUse: [], mayCreate: true, keys: [] } },
    copies: {
      kind: "seen",
      copies: [
        {
          database: shape.database,
          state: "ONLINE",
          lastCommitLsn: link === "gone" ? null : "40000000127200003",
          logEndLsn: "40000000128000001",
          lastHardenedLsn: null,
          databaseGuid: "1D6E8B94-52A7-4C3F-8E21-7B90C4D5A6E3",
          recoveryForkGuid: "7C9E6679-7425-40DE-944B-E07FC1F90AE7",
          lastLogBackupLsn: null,
          backups: [],
        },
      ],
    },
  };
}

function withoutLink({ box, instance }: Estate): Estate {
  const alone = (reading: SideReading): SideReading =>
    reading.kind === "seen"
      ? {
          ...reading,
          facts: {
            ...reading.facts,
            groups: { kind: "seen", value: [] },
            replicaDatabases: { kind: "seen", value: [] },
          },
        }
      : reading;
  return { box: alone(box), instance: alone(instance) };
}
