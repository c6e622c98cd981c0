// offline-fail-back: a database comes back from the instance by backup and restore, whether its link is there or gone.
import type { Finding } from "../../shared/checks/finding.ts";
import type { OfflineRequest } from "../run/make-offline-plan.ts";
import { planOffline } from "../run/make-offline-plan.ts";
import { approvalProblem, askApproval } from "./approval.ts";
import { notConfirmed } from "./confirm.ts";
import type { Context } from "./context.ts";
import { planRequest } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import type { OfflineOptions } from "./offline-options.ts";
import { runTask, showTask } from "./task.ts";

export async function offlineFailBack(context: Context, asked: OfflineOptions): Promise<ExitCode> {
  const { options } = context;
  const { linkName, database, environment } = options;
  const { gate } = planRequest(context).choices;
  const request: OfflineRequest = {
    linkName,
    environment,
    choices: { ...asked, database, gate },
  };
  const plan = async () => {
    const planning = await planOffline(context.sources, request, context.clock);
    return { ...planning, findings: planning.findings.map(withOption) };
  };
  const planning = await plan();
  if (options.command !== "run") return showTask(context, planning);
  return runTask(context, { planning, planAgain: plan }, async (approved) =>
    planning.isLinkThere
      ? notConfirmed(context, approved, {
          what: "an offline fail back",
          shownBy: "`offline-fail-back plan`",
          first: [],
          risk: "What is written on the instance from now on is missing.",
          purpose: "to bring its database back",
        })
      : (approvalProblem(options, approved) ?? (await askApproval(context, approved))),
  );
}

/** What answers a check here, where the window has a field. */
const optionsOf: Readonly<Record<string, string>> = {
  restoreName: "--restore-as NAME, or --over-old-name --database-name NAME",
  files: "--restore-to FOLDER",
  position: "--writers-stopped TEXT",
};

function withOption(finding: Finding): Finding {
  const options = optionsOf[finding.check];
  return options === undefined || finding.level !== "failed"
    ? finding
    : { ...finding, remedy: `${finding.remedy} (${options})` };
}
